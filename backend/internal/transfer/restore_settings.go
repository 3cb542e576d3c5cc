package transfer

import (
	"context"
	"encoding/json"
	"strings"

	"byline/backend/internal/contenttypes"
	"byline/backend/internal/library"
	"byline/backend/internal/search"
	"byline/backend/internal/taxonomy"
)

// contentTypes brings in the types of content of an export, before what has them. Of one that is here as it is, nothing is
// said.
func (r *restorer) contentTypes(ctx context.Context) error {
	raw, err := readSmall(ctx, r.pack, typesFile, maxJSON)
	if err != nil {
		return nil //nolint:nilerr // an export without types
	}
	var list []exportedType
	if err := json.Unmarshal(raw, &list); err != nil {
		return r.tell(ctx, Row{List: typesFile, Line: 1, Result: Refused, Reason: "not_json", Explanation: typesFile + " is not what an export has."})
	}
	for i, x := range list {
		if x.Mode == "" {
			continue // an old export, which has no more than names
		}
		row := Row{List: typesFile, Line: i + 1, Title: printable(x.Name), SourceID: printable(x.Key)}
		got, err := r.types.RestoreWhole(ctx, x.whole(), r.person, r.dry)
		if err != nil {
			reason, explanation, ok := library.Refusal(err)
			if !ok {
				return err
			}
			row.Result, row.Reason, row.Explanation = Refused, reason, explanation
		} else {
			row.Result = Result(got)
		}
		if got == contenttypes.Kept {
			row.Reason, row.Explanation = "from_here", "This type was changed here. It stays as it is."
		}
		if got == contenttypes.Unchanged {
			continue
		}
		if err := r.tell(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// settings brings in what an export says of the taxonomy, where nothing is said of it here.
func (r *restorer) settings(ctx context.Context) error {
	raw, err := readSmall(ctx, r.pack, settingsFile, maxJSON)
	if err != nil {
		return nil //nolint:nilerr // an old export
	}
	var w taxonomy.Whole
	if err := json.Unmarshal(raw, &w); err != nil {
		return r.tell(ctx, Row{List: settingsFile, Line: 1, Result: Refused, Reason: "not_json", Explanation: settingsFile + " is not what an export has."})
	}
	values, required, err := r.taxonomy.RestoreWhole(ctx, w, r.dry)
	if err != nil {
		return err
	}
	for i, n := range []int{values, required} {
		if n == 0 {
			continue
		}
		title := []string{"Values of the taxonomy", "What must be filled in"}[i]
		if err := r.tell(ctx, Row{List: settingsFile, Line: i + 1, Title: title, Result: Created}); err != nil {
			return err
		}
	}
	return nil
}

// synonyms brings in the synonyms of an export that are not here.
func (r *restorer) synonyms(ctx context.Context) error {
	raw, err := readSmall(ctx, r.pack, synonymsFile, maxJSON)
	if err != nil {
		return nil //nolint:nilerr // an old export
	}
	var list []exportedSynonyms
	if err := json.Unmarshal(raw, &list); err != nil {
		return r.tell(ctx, Row{List: synonymsFile, Line: 1, Result: Refused, Reason: "not_json", Explanation: synonymsFile + " is not what an export has."})
	}
	for i, x := range list {
		row := Row{List: synonymsFile, Line: i + 1, Title: printable(strings.Join(x.Words, ", ")), Result: Created}
		created, err := r.search.RestoreSynonyms(ctx, search.Synonyms{ID: x.ID, Kind: x.Kind, Words: x.Words, Finds: x.Finds}, r.dry)
		if err != nil {
			reason, explanation, ok := library.Refusal(err)
			if !ok {
				return err
			}
			row.Result, row.Reason, row.Explanation = Refused, reason, explanation
		} else if !created {
			continue
		}
		if err := r.tell(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// tell tells of a row, unless an earlier run did.
func (r *restorer) tell(ctx context.Context, row Row) error {
	if r.done(row.List, row.Line) {
		return nil
	}
	return r.row(ctx, row)
}
