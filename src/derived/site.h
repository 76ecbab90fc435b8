// Pages: a function from a visit to a page. The site finds the session, holds a post to its form token, turns refusals
// into pages that say what to do, and puts every page into the skeleton. It decides nothing: pages call the two doors.
#pragma once

#include "casework/desk.h"
#include "web/page.h"
#include "web/router.h"

#include <variant>

namespace reachable::derived {

using casework::Desk;
using casework::Session;

/// The piece of the path named "id" as a case's id. What is not of our form does not exist.
Result<CaseId> case_id_in(const web::Request& request);

/// One request of somebody whose session is known.
struct Visit {
    const web::Request& request;
    Session session;
    UtcTime now{};

    Result<CaseId> case_id() const { return case_id_in(request); }
};

/// What a post leads to: another page (303), or the same form again with its problems.
using Outcome = std::variant<std::string, web::Page>;

using PageHandler = std::function<Result<web::Page>(const Visit&)>;
using PostHandler = std::function<Result<Outcome>(const Visit&, const web::Fields& form)>;

/// What pages share; built once by main().
struct Site {
    const Desk& desk;
    const TimeSource& time;
    const web::PageAssets& assets;
    bool is_secure = false;
    /// The live session of the request's cookie; nothing if there is none.
    std::function<std::optional<Session>(const web::Request&)> session_of;
    /// Adds what depends on who is signed in: navigation, name, sign-out. Set by app/.
    std::function<void(web::Page&, const Visit&)> dress;

    void page(web::Router& router, const std::string& pattern, PageHandler handler) const;
    void post(web::Router& router, const std::string& pattern, PostHandler handler) const;
    /// The page as a response, in its skeleton.
    web::Response show(web::Page page, const Visit& visit, int status = 200) const;
};

/// The start of a form that posts: the form token, and the version the person has in front of them.
web::Html form_start(std::string_view action, const Session& session, std::int64_t version = 0);
web::Html form_end(std::string_view button);
/// The version a form was made from; nothing when it says none.
std::optional<std::int64_t> version_in(const web::Fields& form);

/// A refusal as a page: why, and what to do next (never a field error).
web::Page refusal_page(const Problems& problems);

} // namespace reachable::derived
