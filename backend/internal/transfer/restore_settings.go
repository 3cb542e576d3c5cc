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

// readJSON reads one of the files of an export that are about all resources, and says whether there is one, which an export
// of an older Byline may lack. One that cannot be read is told of, and counts as missing.
func (r *restorer) readJSON(ctx context.Context, name string, to any) (bool, error) {
	if _, there := r.names[name]; !there {
		return false, nil
	}
	raw, err := readSmall(ctx, r.pack, name, maxJSON)
	if err == nil && json.Unmarshal(raw, to) != nil {
		err = library.Refuse("not_json", "%s is not what an export has.", name)
	}
	if err != nil {
		return false, r.refuse(ctx, Row{List: name, Line: 1}, err)
	}
	return true, nil
}

// readList is readJSON of a list.
func readList[T any](ctx context.Context, r *restorer, name string) ([]T, error) {
	var list []T
	there, err := r.readJSON(ctx, name, &list)
	if !there {
		return nil, err
	}
	return list, err
}

// contentTypes brings in the types of content of an export, before what has them. Of one that is here as it is, nothing is
// said.
func (r *restorer) contentTypes(ctx context.Context) error {
	list, err := readList[exportedType](ctx, r, typesFile)
	if err != nil {
		return err
	}
	for i, x := range list {
		if x.Mode == "" {
			continue // an old export, which has no more than names
		}
		row := Row{List: typesFile, Line: i + 1, Title: printable(x.Name), SourceID: printable(x.Key)}
		got, err := r.types.RestoreWhole(ctx, x.whole(), r.person, r.dry)
		switch row.Result = Result(got); {
		case err != nil:
			err = r.refuse(ctx, row, err)
		case got == contenttypes.Unchanged:
		case got == contenttypes.Kept:
			row.Reason, row.Explanation = "from_here", "This type was changed here. It stays as it is."
			fallthrough
		default:
			err = r.tell(ctx, row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settings brings in what an export says of the taxonomy, where nothing is said of it here.
func (r *restorer) settings(ctx context.Context) error {
	var w taxonomy.Whole
	if there, err := r.readJSON(ctx, settingsFile, &w); err != nil || !there {
		return err
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
	list, err := readList[exportedSynonyms](ctx, r, synonymsFile)
	if err != nil {
		return err
	}
	all := make([]search.Synonyms, len(list))
	for i, x := range list {
		all[i] = search.Synonyms{ID: x.ID, Kind: x.Kind, Words: x.Words, Finds: x.Finds}
	}
	became, err := r.search.RestoreSynonyms(ctx, all, r.dry)
	if err != nil {
		return err
	}
	for i, x := range became {
		row := Row{List: synonymsFile, Line: i + 1, Title: printable(strings.Join(list[i].Words, ", ")), Result: Created}
		switch {
		case x.Problem != nil:
			err = r.refuse(ctx, row, x.Problem)
		case x.Created:
			err = r.tell(ctx, row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
