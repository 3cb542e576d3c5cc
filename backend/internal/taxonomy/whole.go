package taxonomy

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// Whole is what was said of the taxonomy, as an export has it. Values that are only used come with the resources.
type Whole struct {
	Values   []WholeValue    `json:"values"`
	Required []WholeRequired `json:"required"`
}

// WholeValue is a value of which something was said.
type WholeValue struct {
	Facet      string `json:"facet"`
	Value      string `json:"value"`
	Retired    bool   `json:"retired"`
	MergedInto string `json:"merged_into,omitempty"`
}

// WholeRequired is what resources of a type must have.
type WholeRequired struct {
	ContentType string   `json:"content_type"`
	Facets      []string `json:"facets"`
}

// Whole gives what was said of the taxonomy, in a fixed order.
func (s *Service) Whole(ctx context.Context) (Whole, error) {
	w := Whole{Values: []WholeValue{}, Required: []WholeRequired{}}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT facet, value, retired, coalesce(merged_into, '') FROM taxonomy_values ORDER BY facet COLLATE "C", value COLLATE "C"`)
	if err != nil {
		return w, db.Err(err, "value")
	}
	if w.Values, err = pgx.CollectRows(rows, pgx.RowToStructByPos[WholeValue]); err != nil {
		return w, db.Err(err, "value")
	}
	if rows, err = s.db.PG(ctx).Query(ctx, `SELECT content_type, array_agg(facet ORDER BY facet) FROM taxonomy_required GROUP BY 1 ORDER BY content_type COLLATE "C"`); err != nil {
		return w, db.Err(err, "value")
	}
	w.Required, err = pgx.CollectRows(rows, pgx.RowToStructByPos[WholeRequired])
	return w, db.Err(err, "value")
}

// RestoreWhole brings in what an export says of the taxonomy, where nothing is said of it here, and counts what is new.
// Call it after the resources: a value that something here has is not called otherwise.
func (s *Service) RestoreWhole(ctx context.Context, w Whole, dry bool) (values, required int, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx); err != nil {
			return err
		}
		said, err := s.store.said(ctx)
		if err != nil {
			return err
		}
		used, err := s.library.TagCounts(ctx)
		if err != nil {
			return err
		}
		for _, v := range w.Values {
			_, known := said[name{v.Facet, v.Value}]
			isUsed := slices.ContainsFunc(used, func(c library.TagCount) bool { return c.Facet == v.Facet && c.Value == v.Value })
			if known || checkFacet(v.Facet) != nil || v.Value == "" || strings.ContainsRune(v.Value+v.MergedInto, 0) || len(v.Value) > 500 || len(v.MergedInto) > 500 || v.MergedInto == v.Value || v.MergedInto != "" && isUsed {
				continue
			}
			if values++; dry {
				continue
			}
			by := auth.From(ctx).ID
			if v.MergedInto != "" {
				err = s.store.mergeInto(ctx, v.Facet, v.Value, v.MergedInto, by)
			} else {
				err = s.store.say(ctx, v.Facet, v.Value, v.Retired, by)
			}
			if err != nil {
				return err
			}
		}
		have, err := s.store.required(ctx)
		if err != nil {
			return err
		}
		for _, r := range w.Required {
			facets := slices.DeleteFunc(slices.Clone(r.Facets), func(f string) bool { return !slices.Contains(library.RequirableFacets, f) })
			if len(facets) == 0 || len(have[r.ContentType]) > 0 || r.ContentType == "" || strings.ContainsRune(r.ContentType, 0) || len(r.ContentType) > 40 {
				continue
			}
			if required++; dry {
				continue
			}
			if err := s.store.require(ctx, r.ContentType, facets, auth.From(ctx).ID); err != nil {
				return err
			}
		}
		if dry || values+required == 0 {
			return nil
		}
		return s.record(ctx, "restored", uuid.New(), map[string]any{"count": values + required})
	})
	return values, required, err
}
