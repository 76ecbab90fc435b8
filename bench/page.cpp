// How long the brief and the queue take with 10,000 open cases, inside the server and over a real socket. Each look is
// decided by policy and stands in the audit, durable, before the page is shown: so a durable write that does nothing
// else is timed beside them, and what the disk alone takes for as much as a look writes, asked as seldom: no page can
// be faster. The socket's figures stand beside a fixed page of the same server.
//
//     bench_page [cases]                                10,000 unless told; on SQLite
//     tools/with_postgres.sh build/release/bench_page   and on PostgreSQL
#include "world.h"

#include "accounts/sessions.h"
#include "storage/testing.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace reachable;
using Clock = std::chrono::steady_clock;

constexpr std::size_t rounds = 7;
constexpr std::size_t looks = 2000; // in a round
constexpr std::size_t callers = 16;
constexpr const char* cookie_name = "session"; // over plain HTTP

/// Books in from many threads, so that they share commits.
void fill(const casework::Desk& desk, std::size_t case_count)
{
    const auto session = bench::sergeant(desk.database);
    std::atomic<std::uint64_t> next{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 32; ++i)
        threads.emplace_back([&] {
            for (auto number = next++; number < case_count; number = next++)
                bench::must(
                    casework::act(desk, session, RequestId::random(), bench::booking(number), bench::begins_at()));
        });
}

std::string cookie_of_sergeant(storage::Database& database, UtcTime now)
{
    const auto session = bench::sergeant(database);
    std::string cookie;
    database.write([&](storage::Transaction& transaction) {
        const auto opened = accounts::open_session(transaction, session, now);
        accounts::choose_purpose(transaction, opened.session.id, session.purpose);
        cookie = opened.cookie.reveal();
    });
    return cookie;
}

/// The page of a case of the demonstration that meets the condition, with the sergeant's team as $1 and agency as $2.
std::string path_of_case(const casework::Desk& desk, std::string_view condition)
{
    const auto session = bench::sergeant(desk.database);
    const auto& [team, agency] = std::pair(session.team.bytes, session.agency.bytes);
    std::string path;
    desk.database.read([&](storage::Transaction& transaction) {
        const auto rows = transaction.query(
            fmt::format("select id from cases where type = 'custody' and {} and $1 <> $2 limit 1", condition),
            {Bytes(team.begin(), team.end()), Bytes(agency.begin(), agency.end())});
        CHECK(!rows.empty(), "the demonstration has no such case");
        path = "/custody/" + to_hex(rows.front().bytes(0));
    });
    return path;
}

/// The times of one kind of work in each round, in milliseconds: a round of its own for each, because the machine may
/// do other things in one of them.
struct Times {
    std::string_view what;
    std::vector<double> middle = {};
    std::vector<double> slowest_in_a_hundred = {};
};

void add_sorted(Times& times, std::vector<double> milliseconds)
{
    std::sort(milliseconds.begin(), milliseconds.end());
    times.middle.push_back(milliseconds[looks / 2]);
    times.slowest_in_a_hundred.push_back(milliseconds[looks * 99 / 100]);
}

/// Many calls, one after another.
template <class Work>
void add_round(Times& times, Work work)
{
    std::vector<double> milliseconds;
    for (std::size_t i = 0; i < looks; ++i) {
        const auto start = Clock::now();
        work();
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    add_sorted(times, std::move(milliseconds));
}

void print_times(Times times)
{
    std::sort(times.middle.begin(), times.middle.end());
    std::sort(times.slowest_in_a_hundred.begin(), times.slowest_in_a_hundred.end());
    fmt::print("figure: {} p50 {:.2f} ms, p99 {:.2f} ms (medians of {} rounds; p99 from {:.2f} to {:.2f})\n",
               times.what, times.middle[rounds / 2], times.slowest_in_a_hundred[rounds / 2], rounds,
               times.slowest_in_a_hundred.front(), times.slowest_in_a_hundred.back());
}

web::Response ask(const app::Service& service, const std::string& path, const std::string& cookie, int status = 200)
{
    web::Request request{.path = path, .id = RequestId::random()};
    request.cookies.add(cookie_name, cookie);
    auto response = service.handle(std::move(request));
    if (response.status != status) throw std::runtime_error(fmt::format("{} was answered {}", path, response.status));
    return response;
}

/// A file that is as long from the beginning as it will be, as a log is that is used again and again.
class BareFile {
  public:
    explicit BareFile(const std::filesystem::path& path)
        : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)), written_(pages_of_a_look * 4096, 'x')
    {
        for (std::size_t i = 0; i < looks; ++i) put(i);
    }
    ~BareFile() { ::close(file_); }
    BareFile(const BareFile&) = delete;
    BareFile& operator=(const BareFile&) = delete;

    void put(std::size_t look)
    {
        const auto place = static_cast<off_t>(look * written_.size());
        const bool is_written = ::pwrite(file_, written_.data(), written_.size(), place) == std::ssize(written_);
        if (!is_written || ::fdatasync(file_) != 0) throw std::runtime_error("the disk failed");
    }

  private:
    static constexpr std::size_t pages_of_a_look = 4; // that SQLite writes to its log
    int file_;
    std::string written_;
};

/// What the disk takes when it is asked after a pause, as a page does that is made first.
void add_round_of_disk(Times& times, BareFile& file)
{
    constexpr auto pause = std::chrono::microseconds{700};
    std::vector<double> milliseconds;
    for (std::size_t i = 0; i < looks; ++i) {
        for (const auto begin = Clock::now(); Clock::now() - begin < pause;) {
        }
        const auto start = Clock::now();
        file.put(i);
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    add_sorted(times, std::move(milliseconds));
}

/// One connection that is kept open.
class Caller {
  public:
    explicit Caller(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("the server cannot be reached");
    }
    ~Caller() { ::close(socket_); }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    void get(const std::string& request)
    {
        if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            throw std::runtime_error("the server hung up");
        std::string answer;
        std::size_t whole = std::string::npos;
        while (answer.size() < whole) {
            read_more(answer);
            if (whole == std::string::npos) whole = size_of(answer);
        }
        if (!answer.starts_with("HTTP/1.1 200")) throw std::runtime_error("not 200: " + answer.substr(0, 40));
    }

  private:
    void read_more(std::string& answer)
    {
        std::array<char, 65536> piece;
        const auto count = ::recv(socket_, piece.data(), piece.size(), 0);
        if (count <= 0) throw std::runtime_error("the server hung up");
        answer.append(piece.data(), static_cast<std::size_t>(count));
    }
    /// Head and body together, once the head is there.
    static std::size_t size_of(const std::string& answer)
    {
        const auto end = answer.find("\r\n\r\n");
        if (end == std::string::npos) return end;
        const auto length = answer.find("Content-Length: ");
        if (length > end) throw std::runtime_error("the answer has no length");
        return end + 4 + std::strtoul(answer.c_str() + length + 16, nullptr, 10);
    }

    int socket_;
};

double requests_per_second(std::uint16_t port, const std::string& path, const std::string& cookie)
{
    const auto request =
        fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}={}\r\n\r\n", path, port, cookie_name, cookie);
    std::atomic<std::uint64_t> done{0};
    const auto start = Clock::now();
    const auto end = start + std::chrono::seconds{3};
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < callers; ++i)
            threads.emplace_back([&] {
                for (Caller caller(port); Clock::now() < end; ++done) caller.get(request);
            });
    }
    return static_cast<double>(done) / std::chrono::duration<double>(Clock::now() - start).count();
}

/// Both pages over a real socket, beside a page of the same size that is always the same.
void measure_sockets(const app::Service& service, const std::string& cookie, const std::string& brief)
{
    const auto fixed = web::respond(200, "text/html; charset=utf-8", std::string(ask(service, brief, cookie).text()));
    const auto server = bench::must(web::Server::start(
        {.port = 0},
        [&](const web::Request& request) { return request.path == "/fixed" ? fixed : service.handle(request); },
        [](const web::Request&, const std::exception& problem) { fmt::print("failure {}\n", problem.what()); }));
    const auto plain = requests_per_second(server->port(), "/fixed", cookie);
    fmt::print("figure: fixed page over {} sockets {:.0f}/s\n", callers, plain);
    for (const auto& [what, path] : {std::pair{"brief", brief}, {"queue", std::string("/custody")}}) {
        const auto rate = requests_per_second(server->port(), path, cookie);
        fmt::print("figure: {} over {} sockets {:.0f}/s, ratio to the fixed page {:.3f}\n", what, callers, rate,
                   rate / plain);
    }
    server->stop();
}

/// "What may not be seen does not exist: same status, same bytes, same timing class." They take turns, one look each.
void compare_hidden_with_absent(const app::Service& service, const std::string& cookie)
{
    const auto hidden = path_of_case(service.desk(), "agency <> $2"); // to the sergeant there is none
    const auto absent = "/custody/" + CaseId::random().text();
    std::vector<double> ratios;
    for (std::size_t round = 0; round < rounds; ++round) {
        std::vector<double> times[2];
        for (std::size_t i = 0; i < looks; ++i)
            for (const auto which : {i % 2, 1 - i % 2}) {
                const auto start = Clock::now();
                ask(service, which == 0 ? hidden : absent, cookie, 404);
                times[which].push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
            }
        for (auto& one : times) std::ranges::nth_element(one, one.begin() + looks / 2);
        ratios.push_back(times[0][looks / 2] / times[1][looks / 2]);
    }
    std::ranges::sort(ratios);
    fmt::print("figure: a page of a case that may not be seen takes {:.2f} of the time of one that does not exist "
               "(median of {} rounds of medians, {:.2f} to {:.2f})\n",
               ratios[rounds / 2], rounds, ratios.front(), ratios.back());
}

void measure(const std::string& engine, std::size_t case_count)
{
    const bench::Folder folder;
    const auto held = storage::testing::make_database(engine);
    const auto settings = bench::settings_in(folder, engine == "sqlite" ? "" : held->settings().url);
    bench::make_world(settings, {.children = 200});
    const auto service = bench::must(app::Service::open(settings));
    auto& database = service->desk().database;
    fill(service->desk(), case_count);
    const auto cookie = cookie_of_sergeant(database, service->time().now());
    const auto brief = path_of_case(service->desk(), "state = 'brief live' and team = $1");

    fmt::print("{}: {} open cases; pages of {} and {} bytes\n", engine, case_count,
               ask(*service, brief, cookie).text().size(), ask(*service, "/custody", cookie).text().size());
    database.write(
        [](storage::Transaction& transaction) { transaction.execute("create table bench_rows (n bigint)"); });
    BareFile file(folder.path() / "bare");
    Times disk{"disk alone, 16 kB made durable after a pause"};
    Times writes{"durable write of one row"};
    Times briefs{"brief page, server time"};
    Times suites{"page of the suite's queue, server time"};
    Times homes{"page of one's own work (/queue), server time"};
    for (std::size_t i = 0; i < rounds; ++i) {
        add_round_of_disk(disk, file);
        add_round(writes, [&] {
            database.write([](storage::Transaction& transaction) {
                transaction.execute("insert into bench_rows (n) values (1)");
            });
        });
        add_round(briefs, [&] { ask(*service, brief, cookie); });
        add_round(suites, [&] { ask(*service, "/custody", cookie); });
        add_round(homes, [&] { ask(*service, "/queue", cookie); });
    }
    for (auto& times : {disk, writes, briefs, suites, homes}) print_times(times);
    compare_hidden_with_absent(*service, cookie);
    measure_sockets(*service, cookie, brief);
}

} // namespace

int main(int argument_count, char** arguments)
{
    const std::size_t case_count = argument_count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 10'000;
    for (const auto& engine : storage::testing::test_engines()) measure(engine, case_count);
    if (std::getenv("REACHABLE_TEST_POSTGRES") == nullptr)
        fmt::print("pages postgresql: skipped, for REACHABLE_TEST_POSTGRES names no server\n");
    return 0;
}
