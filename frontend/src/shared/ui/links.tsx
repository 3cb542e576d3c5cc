import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { Ref } from 'react'

// The detour through a plain component keeps Mantine's props, which its polymorphic types lose in createLink.

/** A link in text, to a route: `<LinkAnchor to="/people/$personId" params={{ personId }}>`. */
export const LinkAnchor = createLink((props: AnchorProps & { ref?: Ref<HTMLAnchorElement> }) => <Anchor {...props} />)

/** A link that looks like a button. */
export const LinkButton = createLink((props: ButtonProps & { ref?: Ref<HTMLAnchorElement> }) => (
  <Button component="a" {...props} />
))
