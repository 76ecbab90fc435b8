// What an administrator does at the machine: agencies, teams, staff with posts, the rota, tokens of other systems. Each
// is one transaction with its audit entry. Done twice it is done once; what stands there already otherwise is refused.
//
// Nobody learns another's password: a new account comes with a one-time link (accounts/enrolment.h).
#pragma once

#include "accounts/accounts.h"
#include "casework/desk.h"

#include <filesystem>

namespace reachable::app {

/// What the commands share. Their times are those of the machine's clock.
struct Administration {
    const casework::Desk& desk;
    std::string base_url; // stands in front of an enrolment link
    UtcTime now{};
};

/// Every command gives the sentences to print.
using Said = Result<std::string>;

/// The forces and authorities of England and Wales that are in force today, from data/reference.
Said load_reference(const Administration& here, const std::filesystem::path& data_folder);

struct NewAgency {
    std::string kind; // "police-force", "local-authority", …
    std::string code;
    std::string name;
};
Said add_agency(const Administration& here, const NewAgency& asked);

/// A duty desk needs two addresses that differ; a custody suite needs the code of the authority it stands in.
struct NewTeam {
    std::string agency; // its code
    std::string name;
    std::string kind; // "custody-suite", "duty-desk", "office"
    std::string desk_mail;
    std::string code_mail;
    std::string phone;
    std::string area_code;
};
Said add_team(const Administration& here, const NewTeam& asked);

/// A post at a team of the worker's own agency.
struct PostNamed {
    std::string sign_in_name;
    std::string team;
    std::string role; // "CUST"
};

struct NewWorker {
    std::string agency;
    std::string name;
    PostNamed post; // team and role may be empty: a post can follow
};
/// Prints the enrolment link, once.
Said add_worker(const Administration& here, const NewWorker& asked);
/// A new link; the old password and authenticator end at once. For a lost phone or a forgotten password.
Said enrol_again(const Administration& here, const std::string& sign_in_name);
/// For an account that nobody signed in to for thirty days.
Said enable_worker(const Administration& here, const std::string& sign_in_name);
/// Somebody left: sessions and tokens end at once.
Said end_worker(const Administration& here, const std::string& sign_in_name);

Said add_post(const Administration& here, const PostNamed& asked);
Said end_post(const Administration& here, const PostNamed& asked);

/// `from` and `to` as on a London wall, "2026-11-24 22:00", or in UTC, "2026-11-24T22:00:00Z".
struct NewDuty {
    PostNamed post;
    std::string from;
    std::string to;
};
Said add_duties(const Administration& here, std::span<const NewDuty> asked);
/// Reads a CSV with the columns sign_in_name, team, role, from, to.
Result<std::vector<NewDuty>> read_rota(const std::filesystem::path& file);

/// A number for text messages: of a team of the agency, or of somebody by their sign-in name. Empty: none any more.
struct NewTextNumber {
    std::string agency; // its code; not asked for where a sign-in name stands
    std::string team;
    std::string sign_in_name;
    std::string number;
};
/// All of them, or none if one is wrong.
Said set_text_numbers(const Administration& here, std::span<const NewTextNumber> asked);
/// Reads a CSV with the columns agency, team, sign_in_name, number.
Result<std::vector<NewTextNumber>> read_text_numbers(const std::filesystem::path& file);

// What stands there, one line each, for whoever forgot a name or a code. Listing changes nothing and shows no secret.
Said list_agencies(const Administration& here);
Said list_teams(const Administration& here);
Said list_workers(const Administration& here);
/// Stretches of duty that have not ended.
Said list_rota(const Administration& here);
Said list_tokens(const Administration& here);
/// Every team, and everybody who has a number or will be on duty.
Said list_text_numbers(const Administration& here);

/// An account for a force's own system, if it has none, and a bearer token, printed once.
Said add_token(const Administration& here, const NewWorker& asked);
/// Ends every token of that system.
Said end_tokens(const Administration& here, const std::string& sign_in_name);

} // namespace reachable::app
