package db

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"byline/backend/internal/platform/errs"
)

// mapErr knows the SQLSTATE classes: https://www.postgresql.org/docs/current/errcodes-appendix.html
func mapErr(err error, noun string) error {
	if err == nil {
		return nil
	}
	var ours *errs.Error
	if errors.As(err, &ours) {
		return err
	}
	if noun == "" {
		noun = "item"
	}
	if errors.Is(err, pgx.ErrNoRows) || errors.Is(err, sql.ErrNoRows) || errors.Is(err, gorm.ErrRecordNotFound) {
		return errs.Wrap(errs.NotFound, "No such "+noun+".", err)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		switch {
		case pe.Code == "23505" || pe.Code == "23P01":
			return errs.Wrap(errs.Conflict, "This "+noun+" exists already.", err)
		case pe.Code == "23503":
			return errs.Wrap(errs.Invalid, "This "+noun+" names something that does not exist.", err)
		case pe.Code == "23514" || pe.Code == "23502" || strings.HasPrefix(pe.Code, "22"):
			return errs.Wrap(errs.Invalid, "This "+noun+" breaks a rule of the data.", err)
		case pe.Code == "40001" || pe.Code == "40P01" || pe.Code == "55P03":
			return &errs.Error{Code: errs.Conflict, Message: "Somebody else is changing this right now. Please try again.", RetryAfterSeconds: 1}
		case strings.HasPrefix(pe.Code, "57P") || strings.HasPrefix(pe.Code, "53") || strings.HasPrefix(pe.Code, "08"):
			return unavailable(err)
		}
		return err
	}
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return errs.Wrap(errs.Conflict, "This "+noun+" exists already.", err)
	}
	var connectErr *pgconn.ConnectError
	var netErr net.Error
	if errors.As(err, &connectErr) || errors.As(err, &netErr) {
		return unavailable(err)
	}
	return err
}

func unavailable(err error) error {
	e := errs.Wrap(errs.Unavailable, "The database is away for a moment. Nothing was changed; please try again.", err)
	e.RetryAfterSeconds = 2
	return e
}
