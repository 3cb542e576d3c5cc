package demand_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/search"
)

func TestPopularSearchesTellOfNothingPrivate(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.Resource("Pricing of pilots")
	w.Resource("The falcon, a bird")
	_, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Project Falcon takeover", Visibility: ideas.Private})
	require.NoError(t, err)
	archived := w.Resource("Warehouse robots")
	_, err = w.Library.Archive(w.As(w.Marketer), archived, true)
	require.NoError(t, err)
	w.Index(1)
	three := []auth.User{w.Rep, w.Colleague, w.Stranger}
	for _, u := range three {
		w.search(u, "Pilot pricing", 4, true)
		w.search(u, "falcon takeover", 1, true)    // its words stand together in something private only
		w.search(u, "warehouse robots", 1, true)   // nobody but marketing sees it any more
		w.search(u, "pricing of zebras", 0, false) // gave nothing
	}
	for range 3 { // two people, however often
		w.search(w.Rep, "bird", 1, true)
		w.search(w.Stranger, "bird", 1, true)
	}
	w.at(70, func() {
		for _, u := range three {
			w.search(u, "pilots", 1, true)
		}
	})
	words, err := w.Demand.Popular(w.As(w.Stranger))
	require.NoError(t, err)
	require.Equal(t, []string{"Pilot pricing"}, words)
}

func TestACorrectionComesFromWordsThatAllMayRead(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r := w.Resource("Temperature loggers for the cold chain")
	w.Exec(`UPDATE resources SET body_text = 'Excursions of vaccines. Größe der Behälter.' WHERE id = $1`, r)
	_, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Takeover of Falconbridge", Visibility: ideas.Private})
	require.NoError(t, err)
	_, err = w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Loggerhead negotiations", ContentType: "blog_post"})
	require.NoError(t, err)
	w.Index(1)
	for query, want := range map[string]string{
		"temprature logger":     "temperature logger",
		"  Cold chian":          "Cold chain",
		"vaccine excursoins!":   "vaccine excursions!",
		"temperature":           "",
		"falconbridg":           "", // stands in something private, which its author finds anyway
		"loggerheads":           "",
		"xq":                    "",
		"zzzzzzzzz":             "",
		"the of and":            "",
		"behalter":              "",
		"温度記録":                  "",
		`"><script>temprature`:  `"><script>temperature`,
		"temprature temprature": "temperature temperature",
	} {
		for _, u := range []auth.User{w.Rep, w.Marketer} {
			got, err := w.Search.Suggest(w.As(u), query)
			require.NoError(t, err, query)
			require.Equal(t, want, got, query)
		}
	}
	found, err := w.Search.Search(w.As(w.Stranger), search.Query{Text: "temperature logger"})
	require.NoError(t, err)
	require.NotEmpty(t, found.Hits)
	// what nobody may read any more corrects nothing
	_, err = w.Library.Archive(w.As(w.Marketer), r, true)
	require.NoError(t, err)
	w.Index(1)
	got, err := w.Search.Suggest(w.As(w.Marketer), "temprature logger")
	require.NoError(t, err)
	require.Empty(t, got)
}
