using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The parts of a request's address as RFC 9421 §2.2 signs them; nothing is decoded.</summary>
internal sealed record HttpTarget(string Uri, string Scheme, string Authority, string Path, string Query)
{
    private static readonly SearchValues<char> Refused = SearchValues.Create("#\"<>\\^`{|}");

    /// <summary>Reads an absolute address; null when it is none, or has a user or a fragment.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "RFC 9421 signs scheme and host in lower case.")]
    internal static HttpTarget? Read(string url)
    {
        int colon = url.IndexOf("://", StringComparison.Ordinal);
        string scheme = colon < 0 ? string.Empty : url[..colon].ToLowerInvariant();
        if (scheme is not ("http" or "https") || url.AsSpan().ContainsAnyExceptInRange('!', '~')
            || url.AsSpan().ContainsAny(Refused))
        {
            return null;
        }

        int start = colon + 3;
        int end = url.AsSpan(start).IndexOfAny('/', '?') is >= 0 and int found ? start + found : url.Length;
        string authority = url[start..end].ToLowerInvariant();
        string defaultPort = scheme == "https" ? ":443" : ":80";
        authority = authority.EndsWith(defaultPort, StringComparison.Ordinal)
            ? authority[..^defaultPort.Length]
            : authority;
        int query = url.IndexOf('?', end) is >= 0 and int mark ? mark : url.Length;
        string path = query == end ? "/" : url[end..query];
        return authority.Length == 0 || authority.Contains('@', StringComparison.Ordinal)
            ? null
            : new(url, scheme, authority, path, url[query..]);
    }
}
