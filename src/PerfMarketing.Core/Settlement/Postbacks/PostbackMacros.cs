using System.Globalization;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Postbacks;

/// <summary>What the macros of a template stand for.</summary>
internal static class PostbackMacros
{
    private static readonly Dictionary<string, Func<PostbackFacts, string?>> All = Named();

    /// <summary>Whether there is a macro of this name.</summary>
    public static bool Exists(string name) => All.ContainsKey(name);

    /// <summary>The value of a macro; empty when there is none.</summary>
    public static string ValueOf(string name, PostbackFacts facts) => All[name](facts) ?? string.Empty;

    private static Dictionary<string, Func<PostbackFacts, string?>> Named()
    {
        Dictionary<string, Func<PostbackFacts, string?>> all = new(StringComparer.Ordinal)
        {
            ["campaign"] = static f => f.Campaign.ToString(),
            ["contract"] = static f => f.Contract.ToString(),
            ["clause"] = static f => f.Clause.ToString(),
            ["partner"] = static f => f.Partner.ToString(),
            ["outcome"] = static f => f.Outcome.ToString(),
            ["kind"] = static f => f.Kind.ToString(),
            ["state"] = static f => EnumText.Of(f.State),
            ["at"] = static f => InstantText.Of(f.At),
            ["entry"] = static f => f.Entry.ToString(),
            ["payout"] = static f => f.Payout is { } amount ? InvariantText.Of(amount.Amount) : null,
            ["net"] = static f => f.Net is { } amount ? InvariantText.Of(amount.Amount) : null,
            ["currency"] = static f => f.Payout?.Currency.Code,
            ["reason"] = static f => f.Reason,
            ["touch"] = static f => f.Touch.ToString(),
        };
        for (int number = 1; number <= Facts.SubIdCountMax; number++)
        {
            FactKey<string> key = Facts.SubId(number);
            all.Add(
                string.Create(CultureInfo.InvariantCulture, $"subid{number}"),
                f => f.TouchFacts.TryGet(key, out string? value) ? value : null);
        }

        return all;
    }
}
