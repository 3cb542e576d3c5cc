import { expect, test, vi } from 'vitest'
import { watchMedia } from './media'

function player(paused: boolean) {
  const video = document.createElement('video')
  Object.defineProperty(video, 'paused', { value: paused })
  video.load = vi.fn()
  video.play = vi.fn(async () => undefined)
  return video
}

test('what plays is being watched, what stands still is not', () => {
  const active = vi.fn()
  const [playing, still] = [player(false), player(true)]
  watchMedia([playing, still], active)
  still.dispatchEvent(new Event('timeupdate'))
  expect(active).not.toHaveBeenCalled()
  playing.dispatchEvent(new Event('timeupdate'))
  expect(active).toHaveBeenCalledTimes(1)
})

test('an address that has ended is asked for again and goes on where it was; one that is broken is not asked for all the time', () => {
  let time = 100_000
  const video = player(false)
  video.currentTime = 42
  watchMedia(
    [video],
    () => undefined,
    () => time,
  )
  for (const passes of [0, 1000, 20_000]) {
    time += passes
    video.dispatchEvent(new Event('error'))
  }
  expect(video.load).toHaveBeenCalledTimes(2)
  expect(video.play).toHaveBeenCalledTimes(2)
  expect(video.currentTime).toBe(42)
})
