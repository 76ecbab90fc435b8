#include "app/outgoing.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>
#include <netinet/in.h>
#include <sys/socket.h>

namespace reachable::app {
namespace {

constexpr std::size_t longest_url = 500;
constexpr std::size_t most_of_an_answer = 16 * 1024;
constexpr long longest_wait_seconds = 10;

struct FreeOutgoing {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(char* text) const { curl_free(text); }
};

/// One piece of an address as the same library reads it that connects.
std::string piece_of(CURLU* url, CURLUPart part)
{
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
    const std::unique_ptr<char, FreeOutgoing> freed(text);
    return freed.get();
}

bool is_this_machine(std::string_view host)
{
    return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

/// A network by its first bits.
struct Network {
    std::array<std::uint8_t, 4> first;
    int bits;
};

bool lies_in(std::span<const std::uint8_t> address, std::span<const std::uint8_t> first, int bits)
{
    for (int i = 0; i < bits; ++i) {
        const auto byte = static_cast<std::size_t>(i) / 8;
        const auto mask = static_cast<std::uint8_t>(0x80U >> (static_cast<unsigned>(i) % 8U));
        if ((address[byte] & mask) != (first[byte] & mask)) return false;
    }
    return true;
}

bool is_public_v4(std::span<const std::uint8_t> address)
{
    constexpr Network closed[] = {{{0, 0, 0, 0}, 8},      {{10, 0, 0, 0}, 8},     {{100, 64, 0, 0}, 10},
                                  {{127, 0, 0, 0}, 8},    {{169, 254, 0, 0}, 16}, {{172, 16, 0, 0}, 12},
                                  {{192, 0, 0, 0}, 24},   {{192, 0, 2, 0}, 24},   {{192, 88, 99, 0}, 24},
                                  {{192, 168, 0, 0}, 16}, {{198, 18, 0, 0}, 15},  {{198, 51, 100, 0}, 24},
                                  {{203, 0, 113, 0}, 24}, {{224, 0, 0, 0}, 4},    {{240, 0, 0, 0}, 4}};
    for (const auto& network : closed)
        if (lies_in(address, network.first, network.bits)) return false;
    return true;
}

/// Of version 6 only what is given out to the world, 2000::/3, without what stands for another address or for nobody:
/// 2001::/23 (protocols, Teredo among them), 2001:db8::/32 (documents), 2002::/16 (wraps version 4), 3fff::/20.
bool is_public_v6(std::span<const std::uint8_t> address)
{
    constexpr std::array<std::uint8_t, 4> world{0x20, 0, 0, 0};
    constexpr Network closed[] = {
        {{0x20, 0x01, 0, 0}, 23}, {{0x20, 0x01, 0x0d, 0xb8}, 32}, {{0x20, 0x02, 0, 0}, 16}, {{0x3f, 0xff, 0, 0}, 20}};
    if (!lies_in(address, world, 3)) return false;
    for (const auto& network : closed)
        if (lies_in(address, network.first, network.bits)) return false;
    return true;
}

bool is_public(const curl_sockaddr& address)
{
    if (address.family == AF_INET)
        return is_public_address(
            {reinterpret_cast<const std::uint8_t*>(&reinterpret_cast<const sockaddr_in*>(&address.addr)->sin_addr), 4});
    if (address.family == AF_INET6)
        return is_public_address(
            {reinterpret_cast<const std::uint8_t*>(&reinterpret_cast<const sockaddr_in6*>(&address.addr)->sin6_addr),
             16});
    return false;
}

/// What the callbacks of one post know.
struct Watch {
    Inside inside = Inside::no;
    bool was_refused = false;
    std::size_t received = 0;
    bool keeps_answer = false;
    std::string answer = {};
};

/// Asked with the address that is about to be connected to, after the name was looked up.
curl_socket_t open_socket(void* watching, curlsocktype, curl_sockaddr* address)
{
    auto& watch = *static_cast<Watch*>(watching);
    if (watch.inside == Inside::no && !is_public(*address)) {
        watch.was_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Nothing of an answer is kept that was not asked for; what is too long is not read to its end.
std::size_t take_answer(char* piece, std::size_t size, std::size_t count, void* watching)
{
    auto& watch = *static_cast<Watch*>(watching);
    watch.received += size * count;
    if (watch.keeps_answer && watch.received <= most_of_an_answer) watch.answer.append(piece, size * count);
    return watch.received > most_of_an_answer ? 0 : size * count;
}

void hold_to_limits(CURL* handle, Watch& watch)
{
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, watch.inside == Inside::yes ? "https,http" : "https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, longest_wait_seconds / 2);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, longest_wait_seconds);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &watch);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &watch);
}

} // namespace

bool is_public_address(std::span<const std::uint8_t> address)
{
    if (address.size() == 4) return is_public_v4(address);
    return address.size() == 16 && is_public_v6(address);
}

Result<> may_be_written_to(const std::string& url, Inside inside)
{
    const auto wrong = [](std::string words) { return refuse(ProblemKind::malformed, std::move(words), "url"); };
    if (url.size() > longest_url) return wrong("Enter an address of at most 500 characters");
    const std::unique_ptr<CURLU, FreeOutgoing> parts(curl_url());
    CHECK(parts != nullptr, "curl could not read an address");
    if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return wrong("Enter an address that begins with https://");
    const auto scheme = piece_of(parts.get(), CURLUPART_SCHEME);
    const bool is_plain =
        scheme == "http" && inside == Inside::yes && is_this_machine(piece_of(parts.get(), CURLUPART_HOST));
    if (scheme != "https" && !is_plain) return wrong("Enter an address that begins with https://");
    if (!piece_of(parts.get(), CURLUPART_USER).empty() || !piece_of(parts.get(), CURLUPART_PASSWORD).empty())
        return wrong("Leave out the name and password: each message is signed instead");
    if (!piece_of(parts.get(), CURLUPART_FRAGMENT).empty()) return wrong("Leave out what stands behind #");
    return {};
}

OutgoingAnswer write_out(const Outgoing& outgoing)
{
    OutgoingAnswer answer;
    if (const auto may = may_be_written_to(outgoing.url, outgoing.inside); !may) {
        answer.problem = "The settings do not allow this address";
        return answer;
    }
    const std::unique_ptr<CURL, FreeOutgoing> handle{curl_easy_init()};
    CHECK(handle != nullptr, "curl could not be started");
    std::unique_ptr<curl_slist, FreeOutgoing> headers;
    for (const auto& header : outgoing.headers) {
        auto* longer = curl_slist_append(headers.get(), header.c_str());
        CHECK(longer != nullptr, "curl could not take a header");
        static_cast<void>(headers.release());
        headers.reset(longer);
    }
    Watch watch{.inside = outgoing.inside, .keeps_answer = outgoing.keeps_answer};
    hold_to_limits(handle.get(), watch);
    curl_easy_setopt(handle.get(), CURLOPT_URL, outgoing.url.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, outgoing.body.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(outgoing.body.size()));

    const auto begun = std::chrono::steady_clock::now();
    const auto outcome = curl_easy_perform(handle.get());
    answer.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    const bool was_cut_short = outcome == CURLE_WRITE_ERROR && watch.received > most_of_an_answer;
    if (outcome == CURLE_OK || was_cut_short) {
        long status = 0;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        answer.status = status;
        if (!was_cut_short) answer.body = std::move(watch.answer);
    } else if (watch.was_refused)
        answer.problem = "The address lies inside a network, and is not written to";
    else
        answer.problem = curl_easy_strerror(outcome);
    return answer;
}

} // namespace reachable::app
