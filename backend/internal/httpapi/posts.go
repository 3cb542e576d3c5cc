package httpapi

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/posts"
)

// Post is a social post written for one rep.
type Post struct {
	ID            uuid.UUID   `json:"id"`
	Owner         PersonRef   `json:"owner" doc:"Whose post it is: who seals and shares it."`
	Writer        PersonRef   `json:"writer"`
	ResourceID    *uuid.UUID  `json:"resource_id,omitempty" doc:"What it is about."`
	ResourceTitle string      `json:"resource_title"`
	Network       string      `json:"network" enum:"linkedin,x,bluesky,facebook,email,other"`
	Text          string      `json:"text"`
	OfferedText   string      `json:"offered_text" doc:"The text as marketing last wrote it: beside text it shows what the owner changed. Empty before the first offer."`
	Suggestions   []string    `json:"suggestions" doc:"Other wordings to choose from."`
	Disclosure    string      `json:"disclosure" example:"I work at Nordkyl." doc:"Line that says who is speaking."`
	MediaAssetID  *uuid.UUID  `json:"media_asset_id,omitempty"`
	MediaURL      string      `json:"media_url" doc:"Preview of the medium; empty when there is none."`
	LinkURL       string      `json:"link_url" doc:"The tracked link; empty when there is none. It works from the seal on."`
	LinkTarget    string      `json:"link_target" doc:"Where the link leads."`
	LinkActive    bool        `json:"link_active"`
	State         posts.State `json:"state" enum:"writing,offered,sealed,shared,declined,expired,recalled"`
	Allowed       []string    `json:"allowed" doc:"What you may do now: edit, offer, seal, share, decline, recall."`
	Reason        string      `json:"reason" doc:"Why it was declined, recalled or has expired."`
	Hash          string      `json:"hash" doc:"SHA-256 of the content; the seal names it."`
	ExpiresAt     *time.Time  `json:"expires_at,omitempty"`
	SealedAt      *time.Time  `json:"sealed_at,omitempty" doc:"When its owner sealed the present content."`
	SharedAt      *time.Time  `json:"shared_at,omitempty"`
	SharedURL     string      `json:"shared_url"`
	Rev           int64       `json:"rev"`
	CreatedAt     time.Time   `json:"created_at"`
	HumanClicks   int         `json:"human_clicks" doc:"Clicks of people on its links, as far as a request can show it; in lists."`
	UpdatedAt     time.Time   `json:"updated_at"`
}

func (s *Server) postDTO(u auth.User) func(posts.Post) Post {
	return func(p posts.Post) Post {
		dto := Post{ID: p.ID, Owner: ref(p.Owner), Writer: ref(p.Writer), ResourceID: idOrNull(p.ResourceID), ResourceTitle: p.ResourceTitle, Network: p.Network, Text: p.Text, OfferedText: p.OfferedText,
			Suggestions: filled(p.Suggestions), Disclosure: p.Disclosure, MediaAssetID: idOrNull(p.MediaAssetID), MediaURL: pictureURL(p.MediaAssetID), LinkTarget: p.LinkTarget,
			LinkActive: p.LinkActive, State: p.State, Allowed: p.Allowed(u), Reason: p.Reason, Hash: hex.EncodeToString(p.Hash), ExpiresAt: p.ExpiresAt, SealedAt: p.SealedAt,
			SharedAt: p.SharedAt, SharedURL: p.SharedURL, Rev: p.Rev, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt}
		if p.ResourceTitle == "" { // the reader may not see it
			dto.ResourceID = nil
		}
		if p.LinkCode != "" && s.cfg.PublicURL != nil {
			dto.LinkURL = s.cfg.PublicURL.JoinPath("l", p.LinkCode).String()
		}
		return dto
	}
}

// PostWords are what is written about a post.
type PostWords struct {
	Network      string     `json:"network" enum:"linkedin,x,bluesky,facebook,email,other"`
	Text         string     `json:"text" minLength:"1" maxLength:"10000"`
	Suggestions  []string   `json:"suggestions,omitempty" maxItems:"5"`
	Disclosure   string     `json:"disclosure,omitempty" maxLength:"200"`
	MediaAssetID *uuid.UUID `json:"media_asset_id,omitempty"`
	LinkTarget   string     `json:"link_target,omitempty" maxLength:"1800" doc:"Where its tracked link leads; empty for no link."`
	ExpiresAt    *time.Time `json:"expires_at,omitempty" doc:"Until when it may be shared."`
}

func (w PostWords) input() posts.Input {
	return posts.Input{Network: w.Network, Text: w.Text, Suggestions: w.Suggestions, Disclosure: w.Disclosure, MediaAssetID: nullID(w.MediaAssetID), LinkTarget: w.LinkTarget, ExpiresAt: w.ExpiresAt}
}

type createPostInput struct {
	Body struct {
		PostWords
		OwnerID    uuid.UUID  `json:"owner_id" doc:"For whom it is."`
		ResourceID *uuid.UUID `json:"resource_id,omitempty" doc:"What it is about."`
	}
}

type updatePostInput struct {
	PathID
	IfMatch
	Body PostWords
}

type listPostsInput struct {
	Page
	State    []posts.State `query:"state" enum:"writing,offered,sealed,shared,declined,expired,recalled"`
	Mine     bool          `query:"mine" doc:"Only your own."`
	Writer   uuid.UUID     `query:"writer" doc:"Only those that this person wrote."`
	Owner    uuid.UUID     `query:"owner" doc:"Only those of this person."`
	Resource uuid.UUID     `query:"resource"`
}

type sealInput struct {
	PathID
	Body struct {
		Hash string `json:"hash" pattern:"^[0-9a-f]{64}$" doc:"Hash of the content that you read."`
	}
}

type shareInput struct {
	PathID
	Body struct {
		URL string `json:"url,omitempty" maxLength:"1000" doc:"Where you posted it, if you know."`
	}
}

type reasonInput struct {
	PathID
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"2000"`
	}
}

// PostSibling is another person's post about the same thing that says the same.
type PostSibling struct {
	Owner  string   `json:"owner"`
	Shared []string `json:"shared" doc:"Sentences that both have."`
	Share  float64  `json:"share" doc:"How much of this post that is, 0 to 1."`
}

func (s *Server) postOperations() {
	conflict := []int{http.StatusConflict}
	register(s, op{ID: "listPosts", Method: http.MethodGet, Path: "/posts", Tag: "posts", Summary: "List posts",
		Description: "Your own from their offer on; marketing sees all. Newest first."}, s.listPosts)
	register(s, op{ID: "createPost", Method: http.MethodPost, Path: "/posts", Tag: "posts", Summary: "Write a post for somebody", Status: http.StatusCreated, Errors: []int{http.StatusNotFound},
		Description: "Marketing writes a post for a rep. Nobody else sees it until it is offered."},
		func(ctx context.Context, in *createPostInput) (*versioned[Post], error) {
			input := in.Body.input()
			input.OwnerID, input.ResourceID = in.Body.OwnerID, nullID(in.Body.ResourceID)
			return s.post(ctx)(s.Posts.Create(ctx, input))
		})
	register(s, op{ID: "getPost", Method: http.MethodGet, Path: "/posts/{id}", Tag: "posts", Summary: "Get a post",
		Description: "With what you may do now."},
		func(ctx context.Context, in *PathID) (*versioned[Post], error) {
			return s.post(ctx)(s.Posts.Get(ctx, in.ID))
		})
	register(s, op{ID: "updatePost", Method: http.MethodPut, Path: "/posts/{id}", Tag: "posts", Summary: "Change a post", Errors: []int{http.StatusConflict, http.StatusPreconditionFailed},
		Description: "Marketing until the seal, and after a no, to offer it again; its owner from the offer on. Changed content loses its seal, and the link closes."},
		func(ctx context.Context, in *updatePostInput) (*versioned[Post], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return s.post(ctx)(s.Posts.Update(ctx, in.ID, rev, in.Body.input()))
		})
	register(s, op{ID: "offerPost", Method: http.MethodPost, Path: "/posts/{id}/offer", Tag: "posts", Summary: "Offer a post to its owner", Status: http.StatusOK, Errors: conflict,
		Description: "From now on its owner sees it, and is told."},
		func(ctx context.Context, in *PathID) (*versioned[Post], error) {
			return s.post(ctx)(s.Posts.Offer(ctx, in.ID))
		})
	register(s, op{ID: "sealPost", Method: http.MethodPost, Path: "/posts/{id}/seal", Tag: "posts", Summary: "Seal a post", Status: http.StatusOK, Errors: conflict,
		Description: "The owner's yes to exactly the content whose hash they read. Nobody else can, an administrator included. Opens the tracked link. 409 when it was changed since."},
		func(ctx context.Context, in *sealInput) (*versioned[Post], error) {
			hash, err := hex.DecodeString(in.Body.Hash)
			if err != nil {
				return nil, errs.Field(errs.Invalid, "body.hash", "Give the hash of the post as 64 hexadecimal digits.")
			}
			return s.post(ctx)(s.Posts.Seal(ctx, in.ID, hash))
		})
	register(s, op{ID: "sharePost", Method: http.MethodPost, Path: "/posts/{id}/share", Tag: "posts", Summary: "Say that I posted it", Status: http.StatusOK, Errors: conflict,
		Description: "Only its owner, and only a sealed one."},
		func(ctx context.Context, in *shareInput) (*versioned[Post], error) {
			return s.post(ctx)(s.Posts.Share(ctx, in.ID, in.Body.URL))
		})
	register(s, op{ID: "declinePost", Method: http.MethodPost, Path: "/posts/{id}/decline", Tag: "posts", Summary: "Decline a post", Status: http.StatusOK, Errors: conflict,
		Description: "The owner's no, with a reason from which its writer learns."},
		func(ctx context.Context, in *reasonInput) (*versioned[Post], error) {
			return s.post(ctx)(s.Posts.Decline(ctx, in.ID, in.Body.Reason))
		})
	register(s, op{ID: "recallPost", Method: http.MethodPost, Path: "/posts/{id}/recall", Tag: "posts", Summary: "Recall a post", Status: http.StatusOK, Errors: conflict,
		Description: "Takes it back: the link closes."},
		func(ctx context.Context, in *reasonInput) (*versioned[Post], error) {
			return s.post(ctx)(s.Posts.Recall(ctx, in.ID, in.Body.Reason))
		})
	register(s, op{ID: "listPostClones", Method: http.MethodGet, Path: "/posts/{id}/clones", Tag: "posts", Summary: "Does somebody else say the same?",
		Description: "Other people's posts about the same resource that share sentences with this one, most alike first."},
		func(ctx context.Context, in *PathID) (*body[List[PostSibling]], error) {
			found, err := s.Posts.Clones(ctx, in.ID)
			return &body[List[PostSibling]]{Body: paged(found, len(found), nil, func(p posts.Sibling) PostSibling { return PostSibling(p) })}, err
		})
	register(s, op{ID: "getPostNumbers", Method: http.MethodGet, Path: "/posts/{id}/numbers", Tag: "posts", Summary: "Clicks of a post",
		Description: "People apart from robots since its first seal, why each request was counted or not, and the days of the last three months."}, s.postNumbers)
}

func (s *Server) post(ctx context.Context) func(posts.Post, error) (*versioned[Post], error) {
	return func(p posts.Post, err error) (*versioned[Post], error) {
		if err != nil {
			return nil, err
		}
		return withRev(p.Rev, s.postDTO(auth.From(ctx))(p)), nil
	}
}

func (s *Server) listPosts(ctx context.Context, in *listPostsInput) (*body[List[Post]], error) {
	f := posts.Filter{States: in.State, Mine: in.Mine, WrittenBy: in.Writer, OwnerID: in.Owner, ResourceID: in.Resource, Limit: in.Limit + 1}
	if err := decodeCursor(in.Cursor, &f.After); err != nil {
		return nil, err
	}
	found, err := s.Posts.List(ctx, f)
	if err != nil {
		return nil, err
	}
	list := paged(found, in.Limit, func(p posts.Post) any { return p.ID }, s.postDTO(auth.From(ctx)))
	ids := make([]uuid.UUID, len(list.Items))
	for i, p := range list.Items {
		ids[i] = p.ID
	}
	clicks, err := s.Insights.HumanClicks(ctx, ids)
	for i := range list.Items {
		list.Items[i].HumanClicks = clicks[list.Items[i].ID]
	}
	return &body[List[Post]]{Body: list}, err
}
