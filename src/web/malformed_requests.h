// Requests that two servers could read differently, or that no honest client sends. Each must be refused, alone and
// with a second request smuggled behind it. For tests only.
#pragma once

#include <string>
#include <vector>

namespace reachable::web {

struct MalformedRequest {
    std::string name;
    std::string bytes;
    int status = 400;
};

inline std::string with_headers(const std::string& headers, const std::string& body = {})
{
    return "POST /a HTTP/1.1\r\nHost: here\r\n" + headers + "\r\n" + body;
}

inline std::vector<MalformedRequest> malformed_requests()
{
    using namespace std::string_literals;
    return {
        // The sixteen that were used to choose the parser; the first seven pass Beast 1.81 alone.
        {"gzip, then a length", with_headers("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello")},
        {"xchunked and a length", with_headers("Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n", "hello")},
        {"gzip alone", with_headers("Transfer-Encoding: gzip\r\n")},
        {"no Host", "GET /a HTTP/1.1\r\nAccept: */*\r\n\r\n"},
        {"two Hosts", "GET /a HTTP/1.1\r\nHost: here\r\nHost: there\r\n\r\n"},
        {"absolute-form target", "GET http://here/a HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"folded header", with_headers("X-Note: one\r\n two\r\n")},
        {"chunked and a length", with_headers("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
        {"two lengths", with_headers("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")},
        {"bare line feeds", "GET /a HTTP/1.1\nHost: here\n\n"},
        {"NUL in a header", with_headers("X-Note: a\0b\r\n"s)},
        {"space before the colon", with_headers("Content-Length : 5\r\n", "hello")},
        {"a head of 70 kB", with_headers("X-Note: " + std::string(70'000, 'x') + "\r\n"), 431},
        {"a length that is not a number", with_headers("Content-Length: 5x\r\n", "hello")},
        {"a chunk size that is not a number",
         with_headers("Transfer-Encoding: chunked\r\n", "zz\r\nhello\r\n0\r\n\r\n")},
        {"no version", "GET /a\r\nHost: here\r\n\r\n"},

        {"a length, then chunked", with_headers("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"chunked twice", with_headers("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"chunked, then identity", with_headers("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")},
        {"gzip, chunked", with_headers("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
        {"chunked with a vertical tab", with_headers("Transfer-Encoding: \x0b"
                                                     "chunked\r\n",
                                                     "0\r\n\r\n")},
        {"chunked in HTTP/1.0", "POST /a HTTP/1.0\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"the same length twice", with_headers("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
        {"a list of lengths", with_headers("Content-Length: 5, 5\r\n", "hello")},
        {"a length with a sign", with_headers("Content-Length: +5\r\n", "hello")},
        {"a length below nothing", with_headers("Content-Length: -1\r\n")},
        {"an empty length", with_headers("Content-Length:\r\n")},
        {"a length beyond all numbers", with_headers("Content-Length: 99999999999999999999\r\n")},
        {"a length over the limit", with_headers("Content-Length: 1048577\r\n"), 413},
        {"a chunk over the limit", with_headers("Transfer-Encoding: chunked\r\n", "100001\r\n"), 413},
        {"a chunk size beyond all numbers",
         with_headers("Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")},
        {"a chunk size with 0x", with_headers("Transfer-Encoding: chunked\r\n", "0x5\r\nhello\r\n0\r\n\r\n")},
        {"a chunk extension", with_headers("Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n")},
        {"a chunk longer than it says", with_headers("Transfer-Encoding: chunked\r\n", "3\r\nhello\r\n0\r\n\r\n")},
        {"a chunk ended by a bare line feed", with_headers("Transfer-Encoding: chunked\r\n", "5\nhello\r\n0\r\n\r\n")},
        {"a header behind the body", with_headers("Transfer-Encoding: chunked\r\n", "0\r\nCookie: a=b\r\n\r\n")},
        {"an endless chunk size", with_headers("Transfer-Encoding: chunked\r\n", std::string(200, '0'))},
        {"a Host with a path", "GET /a HTTP/1.1\r\nHost: here/there\r\n\r\n"},
        {"an empty Host", "GET /a HTTP/1.1\r\nHost:\r\n\r\n"},
        {"a bare carriage return", with_headers("X-Note: a\rb\r\n")},
        {"an escape character", with_headers("X-Note: a\x1b[2Jb\r\n")},
        {"a header with no name", with_headers(": nothing\r\n")},
        {"a header with no colon", with_headers("nothing\r\n")},
        {"a space before the first header", "GET /a HTTP/1.1\r\n Host: here\r\n\r\n"},
        {"an empty line first", "\r\nGET /a HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"two spaces in the first line", "GET  /a HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"a tab in the first line", "GET\t/a HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"HTTP/1.2", "GET /a HTTP/1.2\r\nHost: here\r\n\r\n"},
        {"authority-form", "CONNECT here:443 HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"asterisk-form", "OPTIONS * HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"a fragment", "GET /a#b HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"a raw byte in the target", "GET /caf\xC3\xA9 HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"two dots", "GET /a/../b HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"two encoded dots", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"an encoded slash", "GET /a%2Fb HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"two slashes", "GET //a HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"an encoded NUL", "GET /a%00 HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"an overlong slash", "GET /a%C0%AFb HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"an escape cut short", "GET /a%2 HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"a query that cannot be read", "GET /a?b=%FF HTTP/1.1\r\nHost: here\r\n\r\n"},
        {"a method nobody knows", "BREW /a HTTP/1.1\r\nHost: here\r\n\r\n", 501},
        {"a method in small letters", "get /a HTTP/1.1\r\nHost: here\r\n\r\n", 501},
        {"an expectation nobody meets", with_headers("Expect: tea\r\n"), 417},
    };
}

} // namespace reachable::web
