using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Calls;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>What results have in common that are seen beside each other, and how far back is looked.</summary>
/// <param name="What">What is common: a partner, clicks of a partner, a caller or a fact.</param>
/// <param name="Value">Which one.</param>
/// <param name="Seconds">How far back, in seconds; at least 1.</param>
/// <param name="Kinds">The kinds of result that are seen; all when empty.</param>
internal readonly record struct TrafficLens(string What, string Value, long Seconds, ValueList<OutcomeKind> Kinds)
{
    private const string OfPartner = "partner";

    /// <summary>How far results are looked back for that come like clockwork.</summary>
    internal static readonly Duration IntervalLookback = Duration.FromDays(30);

    /// <summary>How far back is looked.</summary>
    public Duration Length => Duration.FromSeconds(Seconds);

    /// <summary>Where a result is seen by a rule; nowhere when the rule does not look at it beside others.</summary>
    public static IEnumerable<TrafficLens> Of(TrafficRule rule, Outcome outcome, PartnerId partner)
    {
        if (rule.Rule == TrafficRuleKind.ClickFlood && outcome.Kind == OutcomeKind.Click)
        {
            yield return OfClicks(rule, partner);
        }

        if (rule.LooksBeside && Counts(rule, outcome.Kind) && Shared(rule, outcome, partner) is { } shared)
        {
            yield return shared;
        }
    }

    /// <summary>Where a connected call is seen by its caller; null when callers may call again.</summary>
    public static TrafficLens? Of(CallTerms? calls, Outcome outcome) =>
        calls?.UniqueWithin is { } window && CallTerms.IsCall(outcome.Kind)
            && CallRecord.Of(outcome) is { ConnectedSeconds: > 0, Caller: { } caller }
            ? new("caller", caller.ToString(), SecondsOf(window), [])
            : null;

    /// <summary>Where the clicks of a partner are seen.</summary>
    public static TrafficLens OfClicks(TrafficRule rule, PartnerId partner) =>
        new("clicks", partner.ToString(), SecondsOf(rule.Within.GetValueOrDefault()), []);

    /// <summary>Whether a kind of result counts for a rule: clicks are no results of themselves.</summary>
    public static bool Counts(TrafficRule rule, OutcomeKind kind) =>
        rule.LooksAt(kind) && (rule.Rule != TrafficRuleKind.ClickFlood || kind != OutcomeKind.Click);

    /// <summary>The lens through which a rule judges a result; null when it does not.</summary>
    public static TrafficLens? Shared(TrafficRule rule, Outcome outcome, PartnerId partner) => rule.Rule switch
    {
        TrafficRuleKind.Repeated => rule.Of is { } of && outcome.Facts.TryFind(of, out FactValue found)
            ? new($"fact {of}", found.Text, SecondsOf(rule.Within.GetValueOrDefault()), rule.Outcomes)
            : null,
        TrafficRuleKind.ExactIntervals =>
            new(OfPartner, partner.ToString(), SecondsOf(IntervalLookback), rule.Outcomes),
        _ => new(OfPartner, partner.ToString(), SecondsOf(rule.Within.GetValueOrDefault()), rule.Outcomes),
    };

    public TrafficRoom RoomAt(ContractId contract, Instant at)
    {
        long seconds = at.ToUnixTimeSeconds();
        long within = seconds % Seconds;
        string kinds = string.Join(' ', Kinds.Select(static k => k.ToString()));
        string common = DerivedId.Of("traffic", What, Value, InvariantText.Of(Seconds), kinds);
        return new(contract, common, (seconds - (within < 0 ? within + Seconds : within)) / Seconds);
    }

    private static long SecondsOf(Duration length) => Math.Max(1, (long)length.TotalSeconds);
}
