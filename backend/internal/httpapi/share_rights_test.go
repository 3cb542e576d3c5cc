package httpapi_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Seeing a resource, sharing it outside, keeping a copy inside, and letting those outside keep one are four rights: none of
// them gives or takes another, for nobody.
func TestTheFourRightsOfAResourceAreSeparate(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	for _, sharing := range []bool{true, false} {
		for _, inside := range []bool{true, false} {
			for _, outside := range []bool{true, false} {
				r := w.resource(false)
				file := w.attach(w.file(w.author), "resource", r.ID)
				w.exec(`UPDATE resources SET shareable = $2, download_inside = $3, download_outside = $4 WHERE id = $1`, r.ID, sharing, inside, outside)
				for i, c := range w.columns()[1:] {
					about := []any{columnNames[i+1], "sharing", sharing, "inside", inside, "outside", outside}
					c.get("/resources/" + r.ID.String()).is(http.StatusOK) // seeing is everybody's
					keeps := inside || c == w.columnOf("marketer") || c == w.columnOf("marketing lead") || c == w.columnOf("admin")
					kept := map[bool]int{true: http.StatusFound, false: http.StatusForbidden}[keeps]
					require.Equal(t, kept, c.get("/assets/"+file.String()+"/download").Status, about...)
					made := c.post("/shares", object{"recipient": "Ines", "resources": []any{r.ID}, "downloads": true})
					if !sharing { // nobody shares what is internal, whatever their role
						require.Equal(t, http.StatusForbidden, made.Status, about...)
						continue
					}
					require.Equal(t, http.StatusCreated, made.Status, about...)
					var share struct{ ID string }
					made.into(&share)
					path := w.pathOf(c, share.ID)
					ines := w.anonymous()
					page := string(ines.page(path).is(http.StatusOK).Body)
					require.Equal(t, outside, strings.Contains(page, "how=keep"), about...)
					want := map[bool]int{true: http.StatusFound, false: http.StatusNotFound}[outside]
					require.Equal(t, want, ines.page(path+"/f/"+file.String()+"?how=keep").Status, about...)
				}
			}
		}
	}
}

func (w *company) columnOf(name string) *client {
	for i, n := range columnNames {
		if n == name {
			return []*client{nil, w.rep, w.other, w.lead, w.marketer, w.marketingLead, w.admin}[i]
		}
	}
	w.t.Fatal("no column " + name)
	return nil
}

// pathOf gives the path of a share of somebody's.
func (w *company) pathOf(c *client, id string) string {
	w.t.Helper()
	var address struct{ URL string }
	c.get("/shares/" + id + "/address").is(http.StatusOK).into(&address)
	u, err := url.Parse(address.URL)
	require.NoError(w.t, err)
	return u.Path
}

// Whoever may see all shares, of a team, or their own: what somebody else has shared is not told in any way.
func TestRevokingManyChangesNothingWhenOneIsNotTheirs(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	mine, path := w.shared()
	theirs := w.other.post("/shares", object{"recipient": "Peter", "resources": []any{shareable(w, w.other).path["id"]}}).is(http.StatusCreated)
	var other struct{ ID string }
	theirs.into(&other)
	w.rep.post("/shares/revoke", object{"ids": []any{mine.ID, other.ID}}).is(http.StatusNotFound)
	w.anonymous().page(path).is(http.StatusOK)
	require.NotContains(t, string(w.rep.get("/shares?scope=all").is(http.StatusOK).Body), "Peter")
}
