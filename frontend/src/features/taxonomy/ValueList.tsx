import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { IconArrowMerge, IconDots, IconEye, IconEyeOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaxonomyValue } from '@/shared/api/generated/types.gen'
import { fieldErrors, messageOf } from '@/shared/api/problem'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { EmptyState } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { useAddValue, useRetire } from './api'
import type { TagFacet } from './routes'
import classes from './TaxonomyPage.module.css'

const MergeDialog = lazy(() => import('./MergeDialog').then((m) => ({ default: m.MergeDialog })))

/** How many rows are drawn; more are found by their words. */
const shown = 200

interface ValueListProps {
  facet: TagFacet
  values: TaxonomyValue[]
  mayEdit: boolean
}

export function ValueList({ facet, values, mayEdit }: ValueListProps) {
  const { t } = useTranslation('taxonomy')
  const [words, setWords] = useState('')
  const [picked, setPicked] = useState<string[]>([])
  const [merging, setMerging] = useState<string[]>()
  const fitting = values.filter((v) => v.value.toLowerCase().includes(words.trim().toLowerCase()))
  const still = picked.filter((value) => values.some((v) => v.value === value))
  const toggle = (value: string) =>
    setPicked((old) => (old.includes(value) ? old.filter((v) => v !== value) : [...old, value]))
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          type="search"
          aria-label={t('find')}
          placeholder={t('find')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {mayEdit && <AddValue key={facet} facet={facet} />}
      </div>
      {values.length === 0 && <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>}
      {values.length > 0 && fitting.length === 0 && <p className={classes.hint}>{t('noMatch')}</p>}
      <ul className={classes.list}>
        {fitting.slice(0, shown).map((v) => (
          <ValueRow
            key={v.value}
            value={v}
            facet={facet}
            isPicked={still.includes(v.value)}
            onPick={mayEdit ? () => toggle(v.value) : undefined}
            onMerge={() => setMerging([v.value])}
          />
        ))}
      </ul>
      {fitting.length > shown && <p className={classes.hint}>{t('firstOnly', { count: shown })}</p>}
      {still.length > 0 && (
        <div className={classes.picked} role="status">
          <span>{t('selected', { count: still.length })}</span>
          <Button variant="subtle" onClick={() => setPicked([])}>
            {t('clear')}
          </Button>
          <Button leftSection={<IconArrowMerge size={16} />} onClick={() => setMerging(still)}>
            {t('mergeSelected')}
          </Button>
        </div>
      )}
      <Suspense>
        {merging && (
          <MergeDialog
            facet={facet}
            sources={merging}
            values={values}
            onDone={() => setPicked([])}
            onClose={() => setMerging(undefined)}
          />
        )}
      </Suspense>
    </>
  )
}

function AddValue({ facet }: { facet: TagFacet }) {
  const { t } = useTranslation('taxonomy')
  const [value, setValue] = useState('')
  const add = useAddValue()
  return (
    <form
      className={classes.add}
      onSubmit={(event) => {
        event.preventDefault()
        if (!value.trim() || add.isPending) return
        add.mutate(
          { body: { facet, value } },
          {
            onSuccess: (made) => {
              setValue('')
              toast.success(t('added', { value: made.value }))
            },
          },
        )
      }}
    >
      <TextInput
        aria-label={t('addOne', { one: t(`one.${facet}`) })}
        placeholder={t('addOne', { one: t(`one.${facet}`) })}
        maxLength={80}
        value={value}
        error={add.error && (fieldErrors(add.error).value ?? messageOf(add.error))}
        onChange={(event) => {
          setValue(event.currentTarget.value)
          add.reset()
        }}
      />
      <Button type="submit" variant="default" loading={add.isPending} disabled={!value.trim()}>
        {t('add')}
      </Button>
    </form>
  )
}

interface ValueRowProps {
  value: TaxonomyValue
  facet: TagFacet
  isPicked: boolean
  onPick?: () => void
  onMerge: () => void
}

function ValueRow({ value: { value, count, retired }, facet, isPicked, onPick, onMerge }: ValueRowProps) {
  const { t } = useTranslation('taxonomy')
  const retire = useRetire()
  const handleRetire = (yes: boolean) =>
    retire.mutate(
      { body: { facet, value, retired: yes } },
      {
        onSuccess: () =>
          toast.undo({ message: t(yes ? 'retireDone' : 'offerDone', { value }), onUndo: () => handleRetire(!yes) }),
      },
    )
  return (
    <li className={classes.row} data-retired={retired || undefined}>
      {onPick && (
        <Checkbox
          aria-label={t('select', { value })}
          checked={isPicked}
          onChange={onPick}
          classNames={{ root: classes.check }}
        />
      )}
      <span className={classes.value}>{value}</span>
      {retired && <ToneBadge tone="neutral">{t('retired')}</ToneBadge>}
      {count > 0 ? (
        <Link to="/library" search={facet === 'tag' ? { q: value } : { [facet]: [value] }} className={classes.count}>
          {t('uses', { count })}
        </Link>
      ) : (
        <span className={classes.count}>{t('uses', { count })}</span>
      )}
      {onPick && (
        <ActionMenu
          position="bottom-end"
          target={
            <ActionIcon variant="subtle" color="gray" className={classes.more} aria-label={t('more', { value })}>
              <IconDots size={17} />
            </ActionIcon>
          }
          actions={[
            { key: 'merge', label: t('rename'), icon: <IconArrowMerge size={16} />, onClick: onMerge },
            retired
              ? { key: 'offer', label: t('offer'), icon: <IconEye size={16} />, onClick: () => handleRetire(false) }
              : {
                  key: 'retire',
                  label: t('retire'),
                  icon: <IconEyeOff size={16} />,
                  onClick: () => handleRetire(true),
                },
          ]}
        />
      )}
    </li>
  )
}
