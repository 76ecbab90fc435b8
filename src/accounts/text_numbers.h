// The numbers of text messages: somebody's own, or that of the telephone which whoever is on duty at a team carries.
// A team's stands for everybody on duty there who has none.
#pragma once

#include "accounts/accounts.h"

namespace reachable::accounts {

/// The number as E.164 writes it, "+447700900123", from what a person typed: spaces, hyphens and brackets are left out.
/// Refuses anything else, in words for whoever typed it; a number without the code of its country is not guessed at.
Result<std::string> read_text_number(std::string_view typed);

/// Keeps a number that was read; an empty one takes the number away.
void set_text_number(storage::Transaction& transaction, WorkerId worker, const std::string& number);
void set_text_number(storage::Transaction& transaction, TeamId team, const std::string& number);
/// Empty: none is kept.
std::string text_number_of(storage::Transaction& transaction, WorkerId worker);
std::string text_number_of(storage::Transaction& transaction, TeamId team);

/// Who is told by text.
struct Texted {
    WorkerId worker; // none: the number is the team's
    TeamId team;     // where they are on duty, or whose number it is
};
/// Whether those on duty at another team of the organisation answer for this one too.
enum class Teams { this_one, any };
/// Those on duty now in that role, each once, and a team's number once for all who share it. If nobody is who can be
/// told, the team itself. Whoever has no number, and whose team has none, is not among them.
std::vector<Texted> texted(storage::Transaction& transaction, AgencyId agency, TeamId told, Role role, Teams teams,
                           UtcTime now);

/// Somebody with a number, or who will be on duty and has none.
struct Numbered {
    Worker worker;
    std::string number;
};
/// Of one organisation, by name: open accounts alone.
std::vector<Numbered> people_to_text(storage::Transaction& transaction, AgencyId agency, UtcTime now);

} // namespace reachable::accounts
