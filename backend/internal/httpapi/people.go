package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Person is a user as others see them; e-mail address, time zone and rev only in one's own.
type Person struct {
	ID          uuid.UUID `json:"id"`
	Name        string    `json:"name" example:"Nora Lind"`
	Side        auth.Side `json:"side" enum:"sales,marketing"`
	Lead        bool      `json:"lead"`
	Admin       bool      `json:"admin"`
	Team        *TeamDTO  `json:"team,omitempty"`
	Title       string    `json:"title" doc:"Job title."`
	Bio         string    `json:"bio"`
	LinkedInURL string    `json:"linkedin_url"`
	PictureURL  string    `json:"picture_url" doc:"Empty when there is none."`
	Email       string    `json:"email,omitempty" doc:"Only of oneself."`
	Timezone    string    `json:"timezone,omitempty" doc:"IANA name; only of oneself."`
	Rev         int64     `json:"rev,omitempty" doc:"Only of oneself, for If-Match."`
	CreatedAt   time.Time `json:"created_at"`
}

// TeamDTO is a team.
type TeamDTO struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name" example:"Nordics"`
}

// PersonRef is a person beside something that they did.
type PersonRef struct {
	ID           uuid.UUID `json:"id"`
	Name         string    `json:"name" example:"Nora Lind"`
	Side         auth.Side `json:"side" enum:"sales,marketing"`
	PictureURL   string    `json:"picture_url" doc:"Empty when there is none."`
	Outside      bool      `json:"outside,omitempty" doc:"Whether they are a reviewer from outside and no user: side is empty then, and there is no page of theirs."`
	Organisation string    `json:"organisation,omitempty" doc:"Where somebody outside says they belong."`
}

// pictureURL is where the browser gets a person's picture: the preview of its asset.
func pictureURL(asset uuid.NullUUID) string {
	if !asset.Valid {
		return ""
	}
	return "/api/v1/assets/" + asset.UUID.String() + "/preview"
}

func personDTO(u people.User, self bool) Person {
	p := Person{ID: u.ID, Name: u.Name, Side: u.Side, Lead: u.Lead, Admin: u.Admin, Title: u.Title, Bio: u.Bio,
		LinkedInURL: u.LinkedInURL, PictureURL: pictureURL(u.PictureAssetID), CreatedAt: u.CreatedAt}
	if u.TeamID.Valid {
		p.Team = &TeamDTO{ID: u.TeamID.UUID, Name: u.TeamName}
	}
	if self {
		p.Email, p.Timezone, p.Rev = u.Email, u.Timezone, u.Rev
	}
	return p
}

func (s *Server) peopleOperations() {
	register(s, op{ID: "listPeople", Method: http.MethodGet, Path: "/people", Tag: "people", Summary: "List people",
		Description: "Everybody with an account, by name; for pages, mentions and pickers."}, s.listPeople)
	register(s, op{ID: "getPerson", Method: http.MethodGet, Path: "/people/{id}", Tag: "people", Summary: "Get a person",
		Description: "The public profile; of oneself also e-mail address, time zone and rev."},
		func(ctx context.Context, in *PathID) (*versioned[Person], error) {
			u, err := s.People.Get(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return withRev(u.Rev, personDTO(u, auth.From(ctx).ID == u.ID)), nil
		})
	register(s, op{ID: "listTeams", Method: http.MethodGet, Path: "/teams", Tag: "people", Summary: "List teams", Description: "All teams, by name."},
		func(ctx context.Context, _ *struct{}) (*body[List[TeamDTO]], error) {
			teams, err := s.People.Teams(ctx)
			return &body[List[TeamDTO]]{Body: paged(teams, len(teams), nil, func(t people.Team) TeamDTO { return TeamDTO(t) })}, err
		})
	register(s, op{ID: "updateProfile", Method: http.MethodPut, Path: "/profile", Tag: "people", Summary: "Change my profile",
		Description: "Name, job title, picture and so on. 412 when it was changed elsewhere in the meantime.", Errors: []int{http.StatusNotFound, http.StatusPreconditionFailed}},
		func(ctx context.Context, in *profileInput) (*versioned[Person], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			b := in.Body
			if err := s.mayBePicture(ctx, nullID(b.PictureAssetID)); err != nil {
				return nil, err
			}
			u, err := s.People.UpdateProfile(ctx, rev, people.Profile{Name: b.Name, Title: b.Title, Bio: b.Bio, Timezone: b.Timezone,
				LinkedInURL: b.LinkedInURL, PictureAssetID: nullID(b.PictureAssetID)})
			if err != nil {
				return nil, err
			}
			return withRev(u.Rev, personDTO(u, true)), nil
		})
}

// mayBePicture refuses files of others as a profile picture: everybody may load a picture, so that choosing a file would
// open it to all.
func (s *Server) mayBePicture(ctx context.Context, asset uuid.NullUUID) error {
	if !asset.Valid {
		return nil
	}
	me := auth.From(ctx)
	u, err := s.People.Get(ctx, me.ID)
	if err != nil || u.PictureAssetID == asset {
		return err
	}
	a, err := s.Library.Asset(ctx, asset.UUID)
	switch {
	case errs.CodeOf(err) == errs.NotFound || (err == nil && a.OwnerID != me.ID):
		return errs.Field(errs.NotFound, "body.picture_asset_id", "No such file of yours.")
	case err != nil:
		return err
	case a.State == library.Uploading || a.State == library.Refused || (a.Kind != "" && a.Kind != "image"):
		return errs.Field(errs.Invalid, "body.picture_asset_id", "Choose a picture that has been uploaded.")
	}
	return nil
}

type listPeopleInput struct {
	Page
	Q    string    `query:"q" maxLength:"100" doc:"Part of a name."`
	Side auth.Side `query:"side" enum:"sales,marketing" doc:"Only people of this side."`
	Team uuid.UUID `query:"team" doc:"Only people of this team."`
}

func (s *Server) listPeople(ctx context.Context, in *listPeopleInput) (*body[List[Person]], error) {
	f := people.Filter{Query: in.Q, Side: in.Side, TeamID: uuid.NullUUID{UUID: in.Team, Valid: in.Team != uuid.Nil}, Limit: in.Limit + 1}
	if err := decodeCursor(in.Cursor, &f.After); err != nil {
		return nil, err
	}
	users, err := s.People.List(ctx, f)
	if err != nil {
		return nil, err
	}
	me := auth.From(ctx).ID
	return &body[List[Person]]{Body: paged(users, in.Limit, func(u people.User) any { return u.After() },
		func(u people.User) Person { return personDTO(u, u.ID == me) })}, nil
}

type profileInput struct {
	IfMatch
	Body struct {
		Name           string     `json:"name" minLength:"1" maxLength:"120"`
		Title          string     `json:"title" maxLength:"120"`
		Bio            string     `json:"bio" maxLength:"2000"`
		Timezone       string     `json:"timezone" maxLength:"64" example:"Europe/Berlin"`
		LinkedInURL    string     `json:"linkedin_url" maxLength:"300"`
		PictureAssetID *uuid.UUID `json:"picture_asset_id,omitempty" doc:"An image that you uploaded; null for none."`
	}
}
