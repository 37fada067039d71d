using System.Buffers;
using PerfMarketing.Identity;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>One field that SKAdNetwork signs, and the one form of its text.</summary>
/// <remarks>
/// Only the texts are signed, not the fields' names: a text that two fields could hold would let anybody move it from
/// one to the other. An app's id is digits and a domain is not.
/// </remarks>
internal sealed record SkAdNetworkField(string Name, Func<string, bool> Holds, bool IsOptional = false)
{
    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    private static readonly SkAdNetworkField Version = new("version", static _ => true);
    private static readonly SkAdNetworkField Network = new("ad-network-id", IsName);
    private static readonly SkAdNetworkField Campaign = new("campaign-id", static t => IsDigits(t, 19));
    private static readonly SkAdNetworkField Source = new("source-identifier", static t => IsDigits(t, 4));
    private static readonly SkAdNetworkField App = new("app-id", static t => IsDigits(t, 19));
    private static readonly SkAdNetworkField Transaction = new("transaction-id", IsTransaction);
    private static readonly SkAdNetworkField Redownload = new("redownload", IsTruth);
    private static readonly SkAdNetworkField SourceApp = new("source-app-id", static t => IsDigits(t, 19), true);
    private static readonly SkAdNetworkField SourceDomain = new("source-domain", IsDomain, true);
    private static readonly SkAdNetworkField Fidelity = new("fidelity-type", static t => t is "0" or "1");
    private static readonly SkAdNetworkField DidWin = new("did-win", IsTruth);
    private static readonly SkAdNetworkField Sequence =
        new("postback-sequence-index", static t => t is "0" or "1" or "2");

    private static readonly SkAdNetworkField[] Of21 =
        [Version, Network, Campaign, App, Transaction, Redownload, SourceApp];

    private static readonly SkAdNetworkField[] Of22 = [.. Of21, Fidelity];
    private static readonly SkAdNetworkField[] Of30 = [.. Of22, DidWin];
    private static readonly SkAdNetworkField[] Of40 =
    [
        Version, Network, Source, App, Transaction, Redownload, SourceApp, SourceDomain, Fidelity, DidWin, Sequence,
    ];

    /// <summary>
    /// The fields that a version signs, in the order in which it joins them; empty when it is not known.
    /// </summary>
    internal static ReadOnlySpan<SkAdNetworkField> Of(string version) => version switch
    {
        "2.1" => Of21,
        "2.2" => Of22,
        "3.0" => Of30,
        "4.0" => Of40,
        _ => [],
    };

    private static bool IsDigits(string text, int lengthMax) =>
        text.Length > 0 && text.Length <= lengthMax && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool IsTruth(string text) => text is "true" or "false";

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 255 && !text.AsSpan().ContainsAnyExcept(NameChars);

    private static bool IsDomain(string text) => IsName(text) && text.AsSpan().ContainsAnyExceptInRange('0', '9');

    // Room is left for the sequence index in the replay key.
    private static bool IsTransaction(string text) =>
        Identifier.IsValid(text, Identifier.LengthMax) && !text.Contains('/', StringComparison.Ordinal);
}
