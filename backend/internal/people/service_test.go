package people_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/activity"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/dbtest"
	"byline/backend/internal/platform/errs"
)

const password = "correct horse battery"

func setup(t *testing.T) (*people.Service, people.User) {
	t.Helper()
	d := dbtest.New(t)
	s := people.New(d, activity.New(d))
	hash, err := s.HashPassword(t.Context(), password)
	require.NoError(t, err)
	u := people.User{Email: "nora@example.com", Name: "Nora Lind", Side: auth.Sales, PasswordHash: hash}
	require.NoError(t, s.Create(t.Context(), &u))
	return s, u
}

func TestSignInGivesANewTokenAndEndsTheOldSession(t *testing.T) {
	t.Parallel()
	s, nora := setup(t)
	_, first, err := s.SignIn(t.Context(), people.SignIn{Email: "Nora@Example.com", Password: password, Address: "192.0.2.1"})
	require.NoError(t, err)
	u, ok, err := s.Authenticate(t.Context(), first.Session)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, nora.ID, u.ID)
	_, second, err := s.SignIn(t.Context(), people.SignIn{Email: nora.Email, Password: password, OldToken: first.Session, DeviceToken: first.Device})
	require.NoError(t, err)
	require.NotEqual(t, first.Session, second.Session)
	_, ok, err = s.Authenticate(t.Context(), first.Session)
	require.NoError(t, err)
	require.False(t, ok, "the old session has ended")
	require.NoError(t, s.SignOutEverywhere(auth.With(t.Context(), u)))
	_, ok, err = s.Authenticate(t.Context(), second.Session)
	require.NoError(t, err)
	require.False(t, ok)
}

func TestGuessesAreStoppedBeforeHashingAndDoNotLockTheOwnerOut(t *testing.T) {
	t.Parallel()
	s, nora := setup(t)
	_, tokens, err := s.SignIn(t.Context(), people.SignIn{Email: nora.Email, Password: password, Address: "192.0.2.1"})
	require.NoError(t, err)
	var wg sync.WaitGroup
	var mu sync.Mutex
	codes := map[errs.Code]int{}
	for range 30 {
		wg.Go(func() {
			_, _, err := s.SignIn(context.Background(), people.SignIn{Email: nora.Email, Password: "wrong", Address: "198.51.100.7"})
			mu.Lock()
			defer mu.Unlock()
			codes[errs.CodeOf(err)]++
		})
	}
	wg.Wait()
	require.Equal(t, map[errs.Code]int{errs.Unauthenticated: 10, errs.TooMany: 20}, codes)
	_, _, err = s.SignIn(t.Context(), people.SignIn{Email: nora.Email, Password: password, Address: "203.0.113.5"})
	require.Equal(t, errs.TooMany, errs.CodeOf(err), "an unknown browser waits")
	_, _, err = s.SignIn(t.Context(), people.SignIn{Email: nora.Email, Password: password, Address: "192.0.2.1", DeviceToken: tokens.Device})
	require.NoError(t, err, "a browser that signed in before does not")
}

func TestAnInvitationMakesOneAccountHoweverOftenItIsSent(t *testing.T) {
	t.Parallel()
	s, nora := setup(t)
	lead := auth.With(t.Context(), auth.User{ID: nora.ID, Side: auth.Sales, Lead: true})
	_, _, err := s.Invite(lead, people.Invitation{Email: "x@example.com", Side: auth.Marketing})
	require.Equal(t, errs.Forbidden, errs.CodeOf(err), "a lead invites for their own side")
	_, _, err = s.Invite(lead, people.Invitation{Email: "x@example.com", Side: auth.Sales, Admin: true})
	require.Equal(t, errs.Forbidden, errs.CodeOf(err))
	_, token, err := s.Invite(lead, people.Invitation{Email: "Kim@example.com", Side: auth.Sales})
	require.NoError(t, err)
	var wg sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for range 8 {
		wg.Go(func() {
			u, _, err := s.Accept(context.Background(), token, "", "Kim", "a long enough sentence", "Europe/Berlin", "", "")
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				made++
				require.Equal(t, "kim@example.com", u.Email)
			}
		})
	}
	wg.Wait()
	require.Equal(t, 1, made)
}

func TestTheFirstAdminLinkExistsOnlyWhileThereIsNobody(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	s := people.New(d, activity.New(d))
	old, err := s.FirstAdminToken(t.Context())
	require.NoError(t, err)
	token, err := s.FirstAdminToken(t.Context())
	require.NoError(t, err)
	_, _, err = s.Accept(t.Context(), old, "a@example.com", "A", "a long enough sentence", "", "", "")
	require.Equal(t, errs.NotFound, errs.CodeOf(err), "a new start replaces the link")
	u, _, err := s.Accept(t.Context(), token, "a@example.com", "A", "a long enough sentence", "", "", "")
	require.NoError(t, err)
	require.True(t, u.Admin)
	token, err = s.FirstAdminToken(t.Context())
	require.NoError(t, err)
	require.Empty(t, token)
}

func TestAStaleProfileChangeIsRefusedWithTheCurrentRev(t *testing.T) {
	t.Parallel()
	s, nora := setup(t)
	ctx := auth.With(t.Context(), auth.User{ID: nora.ID})
	_, err := s.UpdateProfile(ctx, 1, people.Profile{Name: "Nora L", Timezone: "Europe/Oslo"})
	require.NoError(t, err)
	_, err = s.UpdateProfile(ctx, 1, people.Profile{Name: "Other", Timezone: "UTC"})
	var e *errs.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, errs.Stale, e.Code)
	require.EqualValues(t, 2, e.Rev)
	_, err = s.UpdateProfile(ctx, 2, people.Profile{Name: "N", Timezone: "Mars/Olympus"})
	require.Equal(t, errs.Invalid, errs.CodeOf(err))
}
