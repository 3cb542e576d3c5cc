package search

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhatIsKeptIsReadByOneWhileOthersGoOn(t *testing.T) {
	t.Parallel()
	var k kept[int]
	is := func(n int) func(context.Context) (int, error) {
		return func(context.Context) (int, error) { return n, nil }
	}
	never := func(context.Context) (int, error) { t.Error("read again"); return 0, nil }
	get := func(fresh time.Duration, read func(context.Context) (int, error)) int {
		n, err := k.get(t.Context(), fresh, read)
		require.NoError(t, err)
		return n
	}
	_, err := k.get(t.Context(), time.Hour, func(context.Context) (int, error) { return 0, errors.New("away") })
	require.Error(t, err)
	require.Equal(t, 1, get(time.Hour, is(1)))
	require.Equal(t, 1, get(time.Hour, never))

	require.Equal(t, 2, get(0, func(context.Context) (int, error) { // old: one reads it
		require.Equal(t, 1, get(0, never), "the others know what was")
		return 2, nil
	}))
	n, err := k.get(t.Context(), 0, func(context.Context) (int, error) { return 9, errors.New("away") })
	require.Error(t, err)
	require.Equal(t, 2, n, "what was known last")

	k.forget()
	require.Equal(t, 4, get(time.Hour, func(context.Context) (int, error) {
		require.Equal(t, 3, get(time.Hour, is(3)), "who changed it does not get what was")
		k.forget()
		return 4, nil
	}))
	require.Equal(t, 5, get(time.Hour, is(5)), "what was read before the change does not count")
}
