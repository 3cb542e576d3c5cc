package coedit

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// A draft that is written for hours does not keep what it was before: goja's WeakMap would, see scripts/build-engine.mjs. Not
// in parallel with others, whose memory would be counted.
func TestTheEngineForgetsOldVersions(t *testing.T) {
	words := make([]string, 300)
	for i := range words {
		words[i] = fmt.Sprintf("Paragraph %d.", i)
	}
	d, err := (&pool{max: 1}).open(paragraphs(words...))
	require.NoError(t, err)
	typed := []json.RawMessage{json.RawMessage(`{"stepType":"replace","from":2,"to":2,"slice":{"content":[{"type":"text","text":"x"}]}}`)}
	var memory runtime.MemStats
	inUse := func() int64 {
		runtime.GC()
		runtime.GC() // what the first one only marked for cleaning up
		runtime.ReadMemStats(&memory)
		return int64(memory.HeapAlloc)
	}
	write := func(times int) {
		for range times {
			_, err := d.apply(typed)
			require.NoError(t, err)
			require.NoError(t, d.commit())
		}
	}
	write(100)
	before := inUse()
	write(500)
	require.Less(t, inUse()-before, int64(1<<20), "bytes that 500 changes left behind")
	d.close()
}
