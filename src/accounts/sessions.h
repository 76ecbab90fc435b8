// Signing in, and what a signed-in worker carries from page to page. Another way of proving who somebody is (an
// identity provider) enters through `open_session`, after its own proof.
#pragma once

#include "accounts/accounts.h"
#include "accounts/secret_keys.h"

namespace reachable::accounts {

/// Sets the password (argon2id) and gives the secret for one-time codes (RFC 6238), to be shown once as text (base32).
/// Sessions opened with the old ones end. The password must have passed `check_new_password` (password.h); one that has
/// not is a Bug. It is hashed inside the write: fit for setting up; a running service uses `set_hashed_credentials`.
Sensitive<std::string> set_credentials(storage::Transaction& transaction, const SecretKeys& keys, WorkerId worker,
                                       const Sensitive<std::string>& password, UtcTime now);

/// The same with a password that was hashed before the write began.
Sensitive<std::string> set_hashed_credentials(storage::Transaction& transaction, const SecretKeys& keys,
                                              WorkerId worker, const std::string& hash, UtcTime now);
/// Stores a hash and a sealed secret as they are, for enrolment.h. Sessions opened with the old ones end.
void store_credentials(storage::Transaction& transaction, WorkerId worker, const std::string& hash,
                       const SealedSecret& secret, UtcTime now);

/// Password hashing is slow on purpose (argon2id, 64 MiB by default): prepare it outside a write.
std::string hash_password(const Sensitive<std::string>& password);
bool is_password(const std::string& hash, const Sensitive<std::string>& password);
/// Tests and the demo may make it cheap. Set before the first use.
void set_password_cost(std::uint64_t operations, std::size_t memory_bytes);

/// An account that nobody signed in to for this long is disabled.
constexpr auto longest_unused = hours{24 * 30};

/// Signing in: the password and the one-time code together. The same refusal, in the same time, for a wrong name, a
/// wrong password, a wrong code, a closed account and one unused for too long; ten failures in ten minutes hold the
/// name back for ten minutes, with the same refusal. The caller writes the audit entry and opens the session. `code` is
/// the one-time code; one that was used before is refused. A machine account (a force's custody system) has no code and
/// signs in with a bearer token instead: see `find_machine`.
struct SignIn {
    std::string sign_in_name;
    Sensitive<std::string> password;
    std::string code;
};
Result<WorkerId> check_sign_in(storage::Database& database, const SecretKeys& keys, const SignIn& sign_in, UtcTime now);

/// Lets an account be used again that was unused for too long: counts now as its last use. False if it has no
/// credentials.
bool enable_again(storage::Transaction& transaction, WorkerId worker, UtcTime now);
/// The same for every account: a demonstration that stood still for a month is to open again.
void enable_all_again(storage::Transaction& transaction, UtcTime now);

/// A worker at work: which post they act in and for what purpose. The purpose is chosen per task, never defaulted.
struct Session {
    SessionId id;
    WorkerId worker;
    AgencyId agency;
    AgencyKind agency_kind = AgencyKind::police_force;
    TeamId team;
    Role role = Role::CUST;
    std::string purpose;    // empty until chosen
    std::string form_token; // stands in every form; a post without it is refused
    UtcTime opened_at{};
    UtcTime last_seen_at{};
    UtcTime code_proved_at{}; // when the second factor was last shown
    /// For somebody who came by a one-time link: the only case they may see. Then `worker` is none.
    CaseId only_case;
};

/// What the service itself acts in: clocks and deliveries. Never stored.
Session service_session();

constexpr auto idle_limit = std::chrono::minutes{30};
constexpr auto whole_limit = std::chrono::hours{12};

/// Opens a session and gives the secret for its cookie (256 bits, base64url). Only a hash of it is stored.
struct OpenedSession {
    Session session;
    Sensitive<std::string> cookie;
};
/// `session` says who and where; its id, form token and times are given here (`code_proved_at` is kept if it is set,
/// else it is `now`: a session is opened after the second factor was shown). A worker who is not open is a Bug.
OpenedSession open_session(storage::Transaction& transaction, Session session, UtcTime now);
/// A person opens a page; or a page that nobody need be looking at asks by itself, which keeps nobody signed in.
enum class Asking { a_person, by_itself };
/// The live session of that cookie; nothing if it is unknown, idle too long, too old or its account closed.
/// Notes that a person was seen (at most once a minute).
std::optional<Session> find_session(storage::Database& database, std::string_view cookie, UtcTime now,
                                    Asking asking = Asking::a_person);
/// Whether a form with that token was made for the session of that cookie, live or ended within the last days. It gives
/// no right to anything: it tells somebody's own form from one that another site sent.
bool is_form_of(storage::Database& database, std::string_view cookie, std::string_view form_token);
/// Acting in another post clears the purpose, and with it what was allowed for it. A post that is not the session's
/// worker's own, and a session that came by a one-time link, are a Bug: offer only `posts_of` the worker.
void choose_post(storage::Transaction& transaction, SessionId session, const Post& post);
void choose_purpose(storage::Transaction& transaction, SessionId session, std::string_view purpose);
/// Notes that the second factor was shown again.
void note_code_proved(storage::Transaction& transaction, SessionId session, UtcTime now);
/// Moves the live sessions of staff on with a simulated clock: a presenter who moves it stays signed in.
void carry_staff_sessions(storage::Transaction& transaction, seconds by);
void close_session(storage::Transaction& transaction, SessionId session, UtcTime now);

/// A force's own system, which calls the API with a bearer token. The token is shown once; a hash is stored.
Sensitive<std::string> add_machine(storage::Transaction& transaction, const Post& post, UtcTime now);
/// The session a bearer token stands for (not stored; its purpose is what the request says), or nothing.
/// `worker` stands for the machine; closing that worker, or `end_machines`, stops its tokens at once.
std::optional<Session> find_machine(storage::Database& database, std::string_view token, UtcTime now);
/// Whether that account has, or once had, a token.
bool is_machine(storage::Transaction& transaction, WorkerId worker);
/// Ends every token of that machine account, for a token that leaked or is being replaced.
void end_machines(storage::Transaction& transaction, WorkerId worker, UtcTime now);

/// Shows the second factor again inside a session (for a sensitive act). A code that was used before is refused, and a
/// wrong one counts as a failure to sign in. Opens its own writes.
Result<> check_code_again(storage::Database& database, const SecretKeys& keys, const Session& session,
                          std::string_view code, UtcTime now);

} // namespace reachable::accounts
