package shares_test

import (
	"os"
	"testing"

	"byline/backend/internal/domaintest"
)

func TestMain(m *testing.M) {
	domaintest.RunChild()
	os.Exit(m.Run())
}
