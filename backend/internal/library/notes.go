package library

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// maxNote is how many characters one may say what changed in: a sentence or two.
const maxNote = 500

func cleanNote(note string) (string, error) {
	note = strings.TrimSpace(note)
	if utf8.RuneCountInString(note) > maxNote {
		return "", errs.Field(errs.Invalid, "body.note", fmt.Sprintf("At most %d characters, please: a sentence or two.", maxNote))
	}
	return note, nil
}

// noteOfReturn says that a version was brought back, with what was said of it.
func noteOfReturn(v Version) string {
	note := fmt.Sprintf("Brought back from version %d", v.Number)
	if v.Note == "" || v.RestoredFrom != 0 { // a version that was brought back itself says no more than that
		return note
	}
	said := []rune(v.Note)
	if room := maxNote - utf8.RuneCountInString(note) - 4; len(said) > room {
		said = append(said[:room-1], '…')
	}
	return note + ": “" + string(said) + "”"
}

// OnNewContent tells who holds a resource, and is to hear of it when its content is replaced.
func (s *Service) OnNewContent(f func(ctx context.Context, id uuid.UUID) ([]uuid.UUID, error)) {
	s.holdersOf = f
}

// newContent records that the content of a resource was replaced, and why; who shared it is told.
func (s *Service) newContent(ctx context.Context, verb string, id uuid.UUID, note string, data map[string]any) error {
	if note != "" {
		data["reason"] = note
	}
	if s.holdersOf != nil {
		holders, err := s.holdersOf(ctx, id)
		if err != nil {
			return err
		}
		if len(holders) > 0 {
			data["notify"] = holders
		}
	}
	return s.log.Record(ctx, activity.Entry{Verb: verb, ObjectType: "resource", ObjectID: id, Data: data})
}

// SayWhatChanged says, or corrects, what changed with a version of a resource; an empty note takes it away. Who may bring a
// new file may. Stale when rev is not the version's current one.
func (s *Service) SayWhatChanged(ctx context.Context, id uuid.UUID, number int, rev int64, note string) (Version, error) {
	r, err := s.Resource(ctx, id)
	if err != nil {
		return Version{}, err
	}
	if !r.mayKeep(auth.From(ctx)) {
		return Version{}, errs.New(errs.Forbidden, "Only marketing and the owner of a resource say what changed in it.")
	}
	if note, err = cleanNote(note); err != nil {
		return Version{}, err
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lockResource(ctx, id); err != nil {
			return err
		}
		if err := s.store.keepVersions(ctx, id); err != nil {
			return err
		}
		before, err := s.store.setNote(ctx, id, number, rev, note)
		if err != nil || before == note {
			return err
		}
		verb, data := "resource.version_noted", map[string]any{"number": number, "reason": note}
		if note == "" {
			verb = "resource.version_note_removed"
			delete(data, "reason")
		}
		return s.log.Record(ctx, activity.Entry{Verb: verb, ObjectType: "resource", ObjectID: id, Data: data})
	})
	if err != nil {
		return Version{}, err
	}
	list, err := s.Versions(ctx, id)
	if err != nil {
		return Version{}, err
	}
	at := slices.IndexFunc(list, func(v Version) bool { return v.Number == number })
	if at < 0 { // older than what is listed
		return Version{}, errNoVersion
	}
	return list[at], nil
}

// setNote writes the note of a version, and gives the one that it had. The resource must be locked.
func (s store) setNote(ctx context.Context, id uuid.UUID, number int, rev int64, note string) (before string, err error) {
	var current int64
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT note, rev FROM resource_versions WHERE resource_id = $1 AND number = $2`, id, number).Scan(&before, &current)
	switch {
	case errs.CodeOf(db.Err(err, "version")) == errs.NotFound:
		return "", errNoVersion
	case err != nil:
		return "", db.Err(err, "version")
	case current != rev:
		return "", errs.StaleRev(current)
	case before == note:
		return before, nil
	}
	_, err = s.db.PG(ctx).Exec(ctx, `UPDATE resource_versions SET note = $3, rev = rev + 1 WHERE resource_id = $1 AND number = $2`, id, number, note)
	return before, db.Err(err, "version")
}
