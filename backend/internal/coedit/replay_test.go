package coedit

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/cozy/prosemirror-go/model"
	"github.com/cozy/prosemirror-go/transform"
	"github.com/stretchr/testify/require"
)

// recording is what some clients wrote once, and the text in which it ended. The same files are replayed by Node in
// frontend/src/shared/editor/live/replay.test.ts. BYLINE_RECORD=1 with the simulation makes new ones.
type recording struct {
	Start   json.RawMessage     `json:"start"`
	Commits [][]json.RawMessage `json:"commits"`
	End     json.RawMessage     `json:"end"`
}

func recordings(t *testing.T) map[string]recording {
	t.Helper()
	files, err := filepath.Glob("testdata/recorded-*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	all := map[string]recording{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		var r recording
		require.NoError(t, json.Unmarshal(b, &r))
		require.Greater(t, len(r.Commits), 20)
		all[f] = r
	}
	return all
}

func TestARecordedLogLeadsToTheSameTextInTheEngine(t *testing.T) {
	t.Parallel()
	p := &pool{max: 1}
	for name, r := range recordings(t) {
		d, err := p.open(r.Start)
		require.NoError(t, err)
		for _, steps := range r.Commits {
			require.NoError(t, d.replay(steps), name)
		}
		got, err := d.json()
		require.NoError(t, err)
		require.JSONEq(t, string(r.End), string(got), name)
	}
}

// A second implementation, by other people, in another language.
func TestARecordedLogLeadsToTheSameTextInAnIndependentImplementation(t *testing.T) {
	t.Parallel()
	v, err := newVM()
	require.NoError(t, err)
	raw, err := v.call("spec")
	require.NoError(t, err)
	var spec map[string]any
	require.NoError(t, json.Unmarshal([]byte(raw), &spec))
	schemaSpec := model.SchemaSpecFromJSON(spec)
	schema, err := model.NewSchema(&schemaSpec)
	require.NoError(t, err)
	for name, r := range recordings(t) {
		doc, err := schema.NodeFromJSON(r.Start)
		require.NoError(t, err)
		for i, steps := range r.Commits {
			for _, raw := range steps {
				var object map[string]any
				require.NoError(t, json.Unmarshal(raw, &object))
				step, err := transform.StepFromJSON(schema, object)
				require.NoError(t, err, "%s, commit %d: %s", name, i, raw)
				result := step.Apply(doc)
				require.Empty(t, result.Failed, "%s, commit %d: %s", name, i, raw)
				doc = result.Doc
			}
		}
		got, err := json.Marshal(doc.ToJSON())
		require.NoError(t, err)
		require.JSONEq(t, string(r.End), string(got), name)
	}
}
