// One-time links, by which the desk of an authority without accounts here opens the one request addressed to it.
//
// The link travels by mail to the desk, the code that goes with it by another channel the desk is known by. Opening the
// link (GET) changes nothing, because mail scanners do that; pressing its button (POST) makes a code; the right code
// uses the link up, once, and opens a session that sees one case. Only hashes of the secrets are stored.
//
// A refusal may leave a trace (a wrong try is counted): let the write end normally, whatever the result says.
#pragma once

#include "accounts/sessions.h"

namespace reachable::accounts {

using LinkId = Id<struct LinkKind>;

constexpr auto shortest_link_life = minutes{15};
constexpr auto longest_link_life = hours{2};
constexpr auto link_code_life = minutes{10};
constexpr std::size_t most_live_link_codes = 3;
constexpr std::int64_t most_wrong_link_codes = 5;
constexpr auto link_renewable_for = hours{24};

/// What a new link is for. `life` is held between 15 minutes and two hours. The session opens with `purpose`: the page
/// names it beside the button, so that pressing is choosing.
struct LinkRequest {
    CaseId only_case;
    AgencyId agency;
    TeamId desk;
    seconds life = longest_link_life;
    std::string purpose = "safeguarding-response";
};

/// A link that was replaced by a newer one counts as expired; `burnt` is one that wrong codes ended.
enum class LinkState { waiting, used, burnt, expired };

/// A link as the people who sent it see it.
struct Link {
    LinkId id;
    CaseId only_case;
    AgencyId agency;
    TeamId desk;
    UtcTime made_at{};
    UtcTime expires_at{};
    LinkState state = LinkState::waiting;
    bool operator==(const Link&) const = default;
};

/// A link as whoever holds it sees it: nothing of the case.
struct LinkView {
    TeamId desk;
    UtcTime expires_at{};
    LinkState state = LinkState::waiting;
    bool operator==(const LinkView&) const = default;
};

/// The name of the cookie that carries the session of a link. Each link has its own, so that two links in one browser
/// never answer for each other's child. Over TLS it carries the prefix that pins a cookie to this host.
std::string link_cookie_name(std::string_view token, bool is_secure);

/// Makes a link and gives its secret: 256 bits, base64url, to be sent to the desk's `desk_mail` and kept nowhere.
Sensitive<std::string> make_link(storage::Transaction& transaction, const LinkRequest& request, UtcTime now);

/// What a link is, without changing anything; nothing if it is not one of ours.
std::optional<LinkView> look_at_link(storage::Transaction& transaction, std::string_view token, UtcTime now);

/// The same with the case it opens, for the service itself, which tells those who sent it and leads back to it.
std::optional<Link> link_behind(storage::Transaction& transaction, std::string_view token, UtcTime now);

/// The press of the button: a code of six digits, good for ten minutes, to be sent to the desk's `code_mail`.
/// Refuses a link that is used or expired, and a fourth code while three are live.
Result<Sensitive<std::string>> press_link(storage::Transaction& transaction, std::string_view token, UtcTime now);

/// Uses the link up and opens the session of the desk: role EDT, no worker, one case. A wrong code is counted, and the
/// refusal says how many tries are left; the fifth ends the link. What is not six digits can be no code and is no try.
Result<OpenedSession> enter_with_code(storage::Transaction& transaction, std::string_view token, std::string_view code,
                                      UtcTime now);

/// A new link for the same desk and case, to be sent to the desk's `desk_mail` and never shown to whoever asks. Ends
/// the old one and the sessions opened by it. Refuses a link that was replaced already or expired more than a day ago.
Result<Sensitive<std::string>> renew_link(storage::Transaction& transaction, std::string_view token, UtcTime now);

/// Every link of a case, newest first.
std::vector<Link> links_of_case(storage::Transaction& transaction, CaseId only_case, UtcTime now);
/// What becomes of the sessions that ended links opened. They are kept when a newer link takes the place of the older
/// ones: whoever is answering does not lose what they are typing.
enum class LinkSessions { end, keep };
/// Ends every link of a case to that desk: the request went elsewhere or is over, or a newer link goes out.
void end_links(storage::Transaction& transaction, CaseId only_case, TeamId desk, UtcTime now,
               LinkSessions sessions = LinkSessions::end);

} // namespace reachable::accounts
