import { expect, openAs, test } from './fixtures'
