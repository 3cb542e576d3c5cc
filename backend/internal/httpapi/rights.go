package httpapi

import (
	"errors"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"byline/backend/internal/collections"
	"byline/backend/internal/demand"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/transfer"
)

// right says who may call an operation at all. What belongs to whom (own posts, private ideas, named approvers) is
// decided in the domain, where the thing is known.
type right struct {
	anonymous *struct{}            // set: nobody needs to be signed in
	may       func(auth.User) bool // of signed-in people
	sorry     string               // why not, for the user
}

var (
	anyone    = right{anonymous: &struct{}{}}
	everybody = right{may: func(auth.User) bool { return true }}
	marketers = right{may: func(u auth.User) bool { return u.IsMarketer() || u.Admin }, sorry: "This is for marketing and administrators."}
	curators  = right{may: collections.MayMake, sorry: "Marketing and leads make collections."}
	readers   = right{may: demand.MaySee, sorry: "What is missing is for marketing and leads."}
	keepers   = right{may: collections.MayMake, sorry: "This is for marketing, leads and administrators."}
	admins    = right{may: func(u auth.User) bool { return u.Admin }, sorry: "This is for administrators."}
	importers = right{may: transfer.MayImport, sorry: "Marketing and leads bring in many things at once."}
	leads     = right{may: func(u auth.User) bool { return u.Lead || u.Admin }, sorry: "This is for leads and administrators."}
)

// allowed is the rights table, by operation id. A test fails when an operation is missing here or is gone.
var allowed = map[string]right{
	// session and people
	"signIn":            anyone,
	"getSession":        anyone,
	"signOut":           everybody,
	"listSessions":      everybody,
	"endSession":        everybody,
	"signOutEverywhere": everybody,
	"changePassword":    everybody,
	"getInvitation":     anyone,
	"acceptInvitation":  anyone,
	"createInvitation":  leads,
	"listPeople":        everybody,
	"getPerson":         everybody,
	"listTeams":         everybody,
	"updateProfile":     everybody,

	// ideas
	"listIdeas":        everybody,
	"createIdea":       everybody,
	"listSimilarIdeas": everybody,
	"getIdea":          everybody,
	"updateIdea":       everybody,
	"voteIdea":         everybody,
	"unvoteIdea":       everybody,
	"listEvidence":     everybody,
	"addEvidence":      everybody,
	"removeEvidence":   everybody,
	"listIdeaDrafts":   everybody,
	"moveIdea":         marketers,
	"mergeIdea":        marketers,

	// drafts (who reads, writes, approves and publishes which is the domain's)
	"listDrafts":     everybody,
	"getDraft":       everybody,
	"updateDraft":    everybody,
	"moveDraft":      everybody,
	"approveDraft":   everybody,
	"getDocument":    everybody,
	"saveDocument":   everybody,
	"openLive":       everybody,
	"listVersions":   everybody,
	"getVersion":     everybody,
	"nameVersion":    everybody,
	"restoreVersion": everybody,
	"listApprovals":  everybody,

	// versions, approvals, absences (one's own: the domain's)
	"renameVersion":     everybody,
	"compareDraft":      everybody,
	"getDraftChanges":   everybody,
	"lookAtDraft":       everybody,
	"getApprovalStatus": everybody,
	"listAbsences":      everybody,
	"addAbsence":        everybody,
	"changeAbsence":     everybody,
	"removeAbsence":     everybody,

	"listDraftAssets":  everybody,
	"exportDraft":      everybody,
	"importDraft":      everybody, // who may write it: the domain's
	"addDraftAsset":    everybody,
	"removeDraftAsset": everybody,
	"createDraft":      marketers,

	// planning
	"getCalendar":   everybody,
	"scheduleDraft": everybody, // its writer and marketing: the domain's
	"getBoard":      everybody,
	"listViews":     everybody,
	"createView":    everybody,
	"updateView":    everybody, // its maker, leads of their side: the domain's
	"deleteView":    everybody,
	"restoreView":   everybody,
	"arrangeViews":  everybody,

	"getCalendarFeed":    everybody,
	"renewCalendarFeed":  everybody,
	"updateCalendarFeed": everybody,
	"revokeCalendarFeed": everybody,

	// people outside: who makes links for them is the domain's; the others know the token of a link, and nothing else
	"createReviewLink":  everybody,
	"listReviewLinks":   everybody,
	"revokeReviewLink":  everybody,
	"restoreReviewLink": everybody,
	"getReview":         anyone,
	"getReviewPicture":  anyone,
	"introduceReviewer": anyone,

	"listReviewThreads":   anyone,
	"startReviewThread":   anyone,
	"replyInReview":       anyone,
	"editReviewComment":   anyone,
	"deleteReviewComment": anyone,

	// content types and steps (who changes them is the domain's)
	"listContentTypes":    everybody,
	"createContentType":   everybody,
	"updateContentType":   everybody,
	"archiveContentType":  everybody,
	"arrangeContentTypes": everybody,
	"getSteps":            everybody,
	"setSteps":            everybody,
	"proposeSteps":        everybody,
	"getChecklist":        everybody,
	"addCheckItem":        everybody,
	"check":               everybody,
	"removeCheckItem":     everybody,
	"listDraftEvidence":   everybody, // who changes the brief is the domain's
	"pickEvidence":        everybody,
	"removePick":          everybody,
	"restorePick":         everybody,
	"orderPicks":          everybody,
	"setDraftEdits":       everybody,
	"resolveSuggestions":  everybody,

	"setBoard": everybody, // leads of marketing: the domain's

	// posts (only the owner seals, shares and declines: the domain's)
	"listPosts":      everybody,
	"getPost":        everybody,
	"updatePost":     everybody,
	"sealPost":       everybody,
	"sharePost":      everybody,
	"declinePost":    everybody,
	"recallPost":     everybody,
	"listPostClones": everybody,
	"getPostNumbers": everybody,
	"createPost":     marketers,
	"offerPost":      marketers,

	// shares (one's own, of one's team, or all: the domain's)
	"listShares":         everybody,
	"getShareGates":      everybody,
	"listLeavingFiles":   everybody,
	"countShares":        everybody,
	"createShare":        everybody, // of what is shareable: the domain's
	"getShare":           everybody,
	"getShareAddress":    everybody,
	"getShareReading":    everybody,
	"updateShare":        everybody,
	"listShareAdditions": everybody,
	"addToShare":         everybody, // of what is shareable: the domain's
	"revokeShares":       everybody,
	"restoreShares":      everybody,
	"transferShare":      everybody,

	"handOverShares":       everybody, // those that they see: the domain's
	"previewShareHandover": everybody,
	"undoShareHandover":    everybody, // of what they gave: the domain's

	// resource center
	"listResources":       everybody,
	"countResources":      everybody,
	"listResourceOrigins": everybody,
	"verifyResource":      everybody, // marketing and its owner: the domain's
	"replaceResourceFile": everybody, // the same
	"getReviewBoard":      everybody, // others than marketing: what they keep
	"reviseResource":      marketers,
	"getResource":         everybody,
	"exportResource":      everybody,
	"viewResource":        everybody,
	"markFavourite":       everybody,
	"unmarkFavourite":     everybody,
	"updateResource":      marketers,
	"setResourceCover":    marketers,
	"removeResourceCover": marketers,
	"archiveResource":     marketers,
	"supersedeResource":   marketers,
	"listHolders":         marketers,
	"getSuccessor":        everybody,
	"unarchiveResource":   marketers,

	// versions of resources (of resources that one may see: the domain's)
	"listResourceVersions":    everybody,
	"compareResourceVersions": everybody,
	"compareResourceFiles":    everybody,
	"getResourceVersionPage":  everybody,
	"showResourceVersionPage": everybody,
	"restoreResourceVersion":  marketers,
	"noteResourceVersion":     everybody, // marketing and its owner: the domain's

	// feedback (who answers and takes back: the domain's)
	"listFeedback":     everybody,
	"giveFeedback":     everybody,
	"listOpenFeedback": everybody,
	"answerFeedback":   everybody,
	"removeFeedback":   everybody,

	"listRecommendations":  everybody,
	"listRelatedResources": everybody,
	"visitLibrary":         everybody,

	// collections (which ones one sees: the domain's)
	"listCollections":      everybody,
	"getCollection":        everybody,
	"createCollection":     curators,
	"updateCollection":     everybody, // as the others: 404 for whom it is not there, 403 for who only reads
	"deleteCollection":     everybody,
	"restoreCollection":    everybody,
	"arrangeCollection":    everybody,
	"addToCollection":      everybody,
	"removeFromCollection": everybody,

	// taxonomy
	"listTaxonomy":        everybody,
	"addTaxonomyValue":    leads,
	"retireTaxonomyValue": leads,
	"previewMerge":        leads,
	"mergeTaxonomyValues": leads,
	"listTaxonomyChanges": leads,
	"undoMerge":           leads,
	"listRequiredTags":    everybody,
	"setRequiredTags":     leads,
	"listMissingTags":     keepers,

	// synonyms
	"listSynonyms":   keepers,
	"explainQuery":   keepers,
	"addSynonyms":    leads,
	"updateSynonyms": leads,
	"deleteSynonyms": leads,

	// nightly checks (whose resources: the domain's)
	"getChecks":      everybody,
	"setChecks":      leads,
	"runChecks":      leads,
	"listFindings":   everybody,
	"dismissFinding": everybody,
	"restoreFinding": everybody,

	// many resources at once
	"listResourceRefs": marketers,
	"previewBulkEdit":  marketers,
	"bulkEdit":         marketers,
	"undoBulkEdit":     marketers,
	// exports and imports (one's own: the domain's)
	"beginExport":       admins,
	"beginImport":       importers,
	"listTransfers":     everybody,
	"getTransfer":       everybody,
	"startTransfer":     everybody,
	"stopTransfer":      everybody,
	"listTransferRows":  everybody,
	"getTransferReport": everybody,
	"downloadExport":    everybody,

	// files (one's own, or of things that one may see)
	"beginUpload":     everybody,
	"signParts":       everybody,
	"getUpload":       everybody,
	"completeUpload":  everybody,
	"abortUpload":     everybody,
	"getAsset":        everybody,
	"downloadAsset":   everybody,
	"previewAsset":    everybody,
	"listAssetPages":  everybody,
	"getAssetPage":    everybody,
	"showAssetPage":   everybody,
	"listAssetSheets": everybody,
	"listAssetCues":   everybody,

	// comments, follows, notifications, numbers
	"listComments":      everybody,
	"addComment":        everybody,
	"editComment":       everybody,
	"deleteComment":     everybody,
	"restoreComment":    everybody,
	"listThreads":       everybody, // who reads the draft, and who resolves: the domain's
	"startThread":       everybody,
	"replyToThread":     everybody,
	"resolveThread":     everybody,
	"reopenThread":      everybody,
	"getTimeline":       everybody,
	"getFollow":         everybody,
	"followThing":       everybody,
	"unfollowThing":     everybody,
	"listNotifications": everybody,
	"countUnread":       everybody,
	"markNotifications": everybody,
	"getPersonNumbers":  everybody, // whose is the domain's
	"getIdeaNumbers":    everybody,
	"getOverview":       everybody,
	"getHome":           everybody,
	"search":            everybody,

	// what people looked for without success
	"reportSearch":         everybody,
	"tellOfView":           everybody, // of views that one has: the domain's
	"stopTellingOfView":    everybody,
	"listPopularSearches":  everybody,
	"suggestSearch":        everybody,
	"getSearchSettings":    everybody,
	"updateSearchSettings": everybody,
	"listDemand":           readers,
	"requestDemand":        readers,
	"linkDemand":           readers,
	"unlinkDemand":         readers,
	"answerDemand":         readers,
	"unanswerDemand":       readers,
	"dismissDemand":        readers,
	"restoreDemand":        readers,
}

// CheckRights says which operations have no right, and which rights have no operation.
func (s *Server) CheckRights() error {
	known := map[string]bool{}
	var problems []error
	for path, item := range s.api.OpenAPI().Paths {
		for _, o := range []*huma.Operation{item.Get, item.Put, item.Post, item.Patch, item.Delete, item.Head, item.Options} {
			if o == nil {
				continue
			}
			known[o.OperationID] = true
			if _, ok := allowed[o.OperationID]; !ok {
				problems = append(problems, fmt.Errorf("%s (%s %s) is not in the rights table", o.OperationID, o.Method, path))
			}
		}
	}
	for id := range allowed {
		if !known[id] {
			problems = append(problems, fmt.Errorf("the rights table names %s, which does not exist", id))
		}
	}
	return errors.Join(problems...)
}
