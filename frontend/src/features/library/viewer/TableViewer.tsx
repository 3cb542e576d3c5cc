import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listAssetSheetsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Asset, AssetSheet } from '@/shared/api/generated/types.gen'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import classes from './TableViewer.module.css'

/** The first rows of a spreadsheet, sheet by sheet. */
export function TableViewer({ asset }: { asset: Asset }) {
  const { t } = useTranslation('library')
  const sheets = useQuery({ ...listAssetSheetsOptions({ path: { id: asset.id } }), staleTime: 300_000 })
  if (sheets.isError) return <ErrorState error={sheets.error} onRetry={() => void sheets.refetch()} />
  if (!sheets.isSuccess) return <SkeletonList rows={6} height={26} />
  const all = sheets.data.items
  const [first] = all
  if (!first) return null
  if (all.length === 1) {
    return (
      <div className={classes.viewer}>
        <Sheet sheet={first} name={asset.name} />
      </div>
    )
  }
  const label = (s: AssetSheet, i: number) => s.name || t('table.sheet', { n: i + 1 })
  return (
    <Tabs defaultValue="0" keepMounted={false} className={classes.viewer}>
      <Tabs.List className={classes.tabs}>
        {all.map((s, i) => (
          <Tabs.Tab key={label(s, i)} value={String(i)}>
            {label(s, i)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {all.map((s, i) => (
        <Tabs.Panel key={label(s, i)} value={String(i)}>
          <Sheet sheet={s} name={`${asset.name}, ${label(s, i)}`} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

/** A, B … Z, AA: as spreadsheets name their columns. */
function columnName(n: number): string {
  const letter = String.fromCharCode(65 + (n % 26))
  return n < 26 ? letter : columnName(Math.floor(n / 26) - 1) + letter
}

/** 1,234.50, -3, 12 %, € 40, (12.00), 1 000,50 and the like: digits under each other are compared. */
export function isNumber(cell = ''): boolean {
  return /^\(?[-+−]?\s?[$€£¥]?\s?[-+−]?\d[\d.,'’\s]*\s?([%€$£¥]|[A-Z]{3})?\)?$/u.test(cell.trim())
}

function Sheet({ sheet, name }: { sheet: AssetSheet; name: string }) {
  const { t } = useTranslation('library')
  const columns = Math.max(...sheet.rows.map((row) => row.length), 0)
  if (columns === 0) return <p className={classes.more}>{t('table.empty')}</p>
  const across = Array.from({ length: columns }, (_, i) => columnName(i))
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard */}
      <section className={classes.scroll} aria-label={t('table.label', { name })} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <td />
              {across.map((c) => (
                <th key={c} scope="col">
                  {c}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beside their place
              <tr key={i}>
                <th scope="row">{i + 1}</th>
                {across.map((c, k) => (
                  <td key={c} data-number={isNumber(row[k]) || undefined}>
                    {row[k]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sheet.more && <p className={classes.more}>{t('table.more')}</p>}
    </>
  )
}
