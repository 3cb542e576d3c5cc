import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { i18n } from '@/shared/i18n'

/** The one accent: the blue of ink. */
const ink: MantineColorsTuple = [
  '#eef1fe',
  '#dde3fb',
  '#bac6f6',
  '#95a6f1',
  '#7a8fee',
  '#5f77e8',
  '#455edd',
  '#384fd0',
  '#2f46c8',
  '#2537a1',
]

// greys of paper instead of Mantine's blue ones
const gray: MantineColorsTuple = [
  '#faf9f6',
  '#f4f2ee',
  '#eae7e1',
  '#dfdbd3',
  '#cbc6bc',
  '#a9a399',
  '#857f75',
  '#625d55',
  '#454139',
  '#2a2723',
]
const dark: MantineColorsTuple = [
  '#e9e6e1',
  '#c9c4bc',
  '#a8a299',
  '#817b72',
  '#4d4943',
  '#3a3733',
  '#2a2825',
  '#1d1c1a',
  '#161514',
  '#100f0e',
]

const sans = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif"
const serif = "'Source Serif 4 Variable', 'Iowan Old Style', Georgia, serif"

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 6 },
  colors: { ink, gray, dark },
  white: '#ffffff',
  black: '#1d1b18',
  autoContrast: true,
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  fontFamily: sans,
  headings: { fontFamily: serif, fontWeight: '560' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    InputWrapper: { styles: { label: { marginBottom: 4 }, description: { marginBottom: 6 } } },
    Button: { defaultProps: { fw: 550 } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.4, blur: 2 },
        centered: true,
        closeButtonProps: { 'aria-label': i18n.t('action.close') },
      },
      styles: { title: { fontWeight: 600 } },
    },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    Popover: { defaultProps: { shadow: 'md' } },
    Paper: { defaultProps: { radius: 'lg' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
})

/** Mantine's dimmed grey is 3.3:1 on white; these are above 4.5:1 on every surface. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--by-serif': serif },
  light: {
    '--mantine-color-dimmed': '#645f57',
    '--mantine-color-placeholder': '#746e65',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-error': '#b3262c',
    '--mantine-color-anchor': '#2f46c8',
    '--mantine-color-default-border': '#dfdbd3',
    '--mantine-color-red-filled': '#c0272d',
    '--mantine-color-red-light-color': '#98262b',
    '--mantine-color-yellow-light-color': '#7a4a06',
    '--mantine-color-green-light-color': '#17603f',
  },
  dark: {
    '--mantine-color-dimmed': '#aaa49b',
    '--mantine-color-placeholder': '#98928a',
    '--mantine-color-error': '#f59a9a',
    '--mantine-color-anchor': '#a5b4f7',
    '--mantine-color-default-border': '#3a3733',
    '--mantine-color-red-filled': '#c4363b',
  },
})
