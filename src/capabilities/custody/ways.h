// The two ways to the questions: through an account, and by a link that is good for one request and one desk.
#pragma once

#include "capabilities/custody/page_parts.h"

namespace reachable::custody {

/// Where the answers come from, and where the pages of that way stand.
struct Way {
    bool is_phone = false; // typed in by custody
    std::string base;      // "/a/{token}" or "/custody/{id}"

    std::string_view action() const { return is_phone ? "answer_by_phone" : "answer"; }
};
Way way_of(const Visit& visit);

/// Somebody who came by a link may see the one case of their session; everybody else names it in the path.
Result<CaseId> case_of(const Visit& visit);

/// Looks at the case of that way for a page named so, as it stood at a version or stands now. Whoever sees released
/// lines only finds no such page.
Result<Seen> look_for(const Site& site, const Visit& visit, std::string_view page,
                      std::optional<std::int64_t> version = {}, bool with_history = false);

} // namespace reachable::custody
