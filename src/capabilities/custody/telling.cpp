#include "capabilities/custody/telling.h"

#include "accounts/one_time_link.h"
#include "notices/notices.h"

#include <fmt/format.h>

namespace reachable::custody {

std::string speaker(const Context& context)
{
    const auto agency = accounts::find_agency(context.transaction, context.session.agency);
    const auto role = context.session.role == accounts::Role::EDT ? std::string_view("duty worker")
                                                                  : accounts::title_of(context.session.role);
    return agency ? fmt::format("{} {}", agency->name, role) : std::string(role);
}

void mail_a_link(Context& context, AgencyId authority, TeamId desk, std::string_view code)
{
    const auto team = accounts::find_team(context.transaction, desk);
    if (!team || team->desk_mail.empty()) return;
    context.writes.push_back([id = context.case_id, authority, desk, to = team->desk_mail, code = std::string(code),
                              now = context.now](storage::Transaction& transaction) {
        accounts::end_links(transaction, id, desk, now, accounts::LinkSessions::keep);
        const auto token = accounts::make_link(transaction, {.only_case = id, .agency = authority, .desk = desk}, now);
        notices::store_mail(
            transaction, {.to = to, .code = code, .reference = id.text().substr(0, 8), .link = "/a/" + token.reveal()},
            now);
    });
}

void notify(Context& context, std::string_view code, accounts::Role role, bool to_partner)
{
    context.notices.push_back({.code = std::string(code), .role = role, .to_partner = to_partner});
}

} // namespace reachable::custody
