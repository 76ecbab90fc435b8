// What partner systems are told: each endpoint that an agency's administrator registered, and the messages to it. A
// message is noted in the transaction of the act that told somebody, as mail is, and sent by a job after the commit:
// what a kill interrupts is sent again under the same id. It says which event and which case by its opaque reference,
// never who or where. Every try is kept, with its answer and its time: that is the proof of delivery.
#pragma once

#include "accounts/secret_keys.h"
#include "storage/columns.h"

namespace reachable::notices {

using EndpointId = Id<struct EndpointKind>;

/// Where an agency's own system takes messages.
struct Endpoint {
    EndpointId id;
    AgencyId agency;
    std::string url;
    std::vector<std::string> events; // of data/notices/audience.csv
    WorkerId registered_by;
    UtcTime registered_at{};
    std::optional<UtcTime> ended_at = {};
};

/// Registers it. Gives its secret, which is shown once and kept sealed: 32 random bytes.
Sensitive<Bytes> add_endpoint(storage::Transaction& transaction, const accounts::SecretKeys& keys,
                              const Endpoint& endpoint);
/// No more is sent; what waits is withdrawn, what was sent stays on record.
void end_endpoint(storage::Transaction& transaction, EndpointId id, UtcTime now);
/// The newest first: of one agency, or of all when it is none.
std::vector<Endpoint> endpoints_of(storage::Transaction& transaction, AgencyId agency);
std::optional<Endpoint> find_endpoint(storage::Transaction& transaction, EndpointId id);
/// Nothing when the key file does not open it any more: the endpoint has to be registered anew.
std::optional<Sensitive<Bytes>> secret_of(storage::Transaction& transaction, const accounts::SecretKeys& keys,
                                          EndpointId id);
/// Seals every secret under the newest key, once at each start, as the secrets of authenticators.
void seal_endpoint_secrets(storage::Database& database, const accounts::SecretKeys& keys);

/// waits, delivered, dead (given up after the last try), withdrawn (the case went to another organisation, or the
/// endpoint ended).
struct Delivery {
    EndpointId endpoint;
    Bytes notice;
    UtcTime at{};
    std::string code;
    CaseId case_id;
    std::string state;
    UtcTime next_at{};
    std::int64_t attempts = 0; // since it was noted, or since a person sent it again
    std::optional<UtcTime> ended_at = {};

    /// The id of the message: the same for every try, so that whoever gets it twice knows.
    std::string message_id() const;
};

/// One that may not leave any more.
void withdraw_delivery(storage::Transaction& transaction, const Delivery& one, UtcTime now);
/// Messages whose time has come: of each endpoint the oldest.
std::vector<Delivery> deliveries_to_try(storage::Transaction& transaction, UtcTime now, std::size_t most_of_each);
/// Counts the try before it is made, and sets when the next one is: so a kill in its middle loses nothing, and nothing
/// more is folded into it. False: it waits no longer.
bool begin_try(storage::Transaction& transaction, const Delivery& delivery, UtcTime now);

/// What came of one try. `status` is that of HTTP, 0 when there was no answer; `problem` never holds an address.
struct Try {
    std::int64_t number = 0;
    UtcTime at{};
    std::int64_t status = 0;
    std::chrono::milliseconds took{0};
    std::string problem;

    /// Any 2xx, and nothing else: a redirect is an answer of somebody else than whom we were told to write to.
    bool is_proof() const { return status >= 200 && status < 300; }
};
/// Keeps it. A proof ends the message; after the last try it is given up and waits for a person.
void note_try(storage::Transaction& transaction, const Delivery& delivery, const Try& made, UtcTime now);
/// Eight tries within about a day, each pause longer than the one before.
constexpr std::int64_t most_attempts = 8;

/// What was given up first, then the newest.
std::vector<Delivery> deliveries_of(storage::Transaction& transaction, EndpointId endpoint, std::size_t most);
std::vector<Try> tries_of(storage::Transaction& transaction, const Delivery& delivery);
/// How many messages to that endpoint stand in that state.
std::int64_t count_deliveries(storage::Transaction& transaction, EndpointId endpoint, std::string_view state);
/// A person sends one that was given up again, under its id. Refuses any other.
Result<> replay(storage::Transaction& transaction, EndpointId endpoint, const Bytes& notice, UtcTime now);

} // namespace reachable::notices
