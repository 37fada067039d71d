using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Measurement;

/// <summary>What became of all outcomes that came in, in count and in value.</summary>
/// <remarks>
/// Received = test + duplicate + invalid + unattributed + rejected by reason + over cap + pending + approved. An
/// outcome that was sent several times under one id is received once; evidence and corrections without their outcome
/// are not received. The value is that of the outcome as it came in, not what is paid for it. Approved = reversed +
/// held + payable + paid, for a funnel that was made with statements.
/// </remarks>
/// <param name="Lines">One line for each stage and reason that occurs, in the order of the stages.</param>
public sealed record Funnel(ValueList<FunnelLine> Lines) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>
    /// What became of the approved outcomes, one line for each stage; empty when no statements were given.
    /// </summary>
    public ValueList<ApprovedLine> Approved { get; init; } = [];

    /// <summary>How many outcomes were received: the sum of the lines.</summary>
    public long Received => Lines.Sum(static l => l.Count);

    /// <summary>What they were worth, one amount for each currency: the sum of the lines.</summary>
    /// <exception cref="OverflowException">The sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public ValueList<Money> Value => MoneySums.Of(Lines.SelectMany(static l => l.Value));

    /// <summary>
    /// How many outcomes were rejected as invalid traffic; each line names the finding that was first.
    /// </summary>
    public long Filtered => Lines
        .Where(static l => l.Stage == FunnelStage.Rejected
            && l.Reason?.StartsWith(TrafficReasons.Area, StringComparison.Ordinal) == true)
        .Sum(static l => l.Count);

    /// <summary>How many outcomes are left of the received ones when invalid traffic is taken off.</summary>
    public long Net => Received - Filtered;

    /// <summary>The funnel of a campaign as it stands.</summary>
    /// <param name="state">The state, holding every outcome that is to be counted.</param>
    /// <exception cref="OverflowException">A sum of values is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public static Funnel Of(CampaignState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Dictionary<(FunnelStage Stage, string? Reason), (long Count, List<Money> Value)> found = [];
        foreach (OutcomeState known in state.Outcomes)
        {
            if (known.Outcome is { } outcome)
            {
                (FunnelStage Stage, string? Reason) place = PlaceOf(outcome, known.Decision);
                (long count, List<Money> value) = found.TryGetValue(place, out var line) ? line : (0, []);
                MoneySums.Add(value, ValueOf(outcome, place.Stage));
                found[place] = (count + 1, value);
            }
        }

        return new([.. found
            .Select(static f => new FunnelLine(f.Key.Stage, f.Key.Reason, f.Value.Count, MoneySums.Of(f.Value.Value)))
            .OrderBy(static l => l.Stage).ThenBy(static l => l.Reason, StringComparer.Ordinal)]);
    }

    /// <summary>The funnel of a campaign as it stands, down to what was paid.</summary>
    /// <param name="state">The state, holding every outcome that is to be counted.</param>
    /// <param name="statements">All statements of the campaign up to now.</param>
    /// <param name="paid">The statements that were paid.</param>
    /// <param name="asOf">The present: what leaves its hold later is held.</param>
    /// <exception cref="OverflowException">A sum of values is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public static Funnel Of(
        CampaignState state, IEnumerable<Statement> statements, IEnumerable<StatementId> paid, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(paid);
        Funnel funnel = Of(state);
        ApprovedParts places = new(statements, paid, asOf);
        ApprovedStage[] stages = Enum.GetValues<ApprovedStage>();
        var count = new long[stages.Length];
        List<Money>[] value = [.. stages.Select(static _ => new List<Money>())];
        List<Money>[] earned = [.. stages.Select(static _ => new List<Money>())];
        foreach (OutcomeState known in state.Outcomes)
        {
            if (known.Outcome is { } outcome && PlaceOf(outcome, known.Decision).Stage == FunnelStage.Approved)
            {
                List<(ApprovedStage Stage, Money Amount)> parts = [.. known.Earnings.SelectMany(places.Of)];
                var stage = (int)ApprovedParts.StageOf(parts);
                count[stage]++;
                MoneySums.Add(value[stage], ValueOf(outcome, FunnelStage.Approved));
                parts.ForEach(part => MoneySums.Add(earned[(int)part.Stage], part.Amount));
            }
        }

        return funnel with
        {
            Approved = [.. stages.Select(s =>
                new ApprovedLine(s, count[(int)s], MoneySums.Of(value[(int)s]), MoneySums.Of(earned[(int)s])))],
        };
    }

    /// <summary>Reads a funnel.</summary>
    /// <param name="terms">The terms.</param>
    public static Funnel Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(terms.List("lines", FunnelLine.Read)) { Approved = terms.List("approved", ApprovedLine.Read) };
    }

    /// <summary>How many outcomes are at a stage.</summary>
    /// <param name="stage">The stage.</param>
    public long CountOf(FunnelStage stage) => Lines.Where(l => l.Stage == stage).Sum(static l => l.Count);

    /// <summary>What the outcomes of a stage were worth, one amount for each currency.</summary>
    /// <param name="stage">The stage.</param>
    /// <exception cref="OverflowException">The sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public ValueList<Money> ValueOf(FunnelStage stage) =>
        MoneySums.Of(Lines.Where(l => l.Stage == stage).SelectMany(static l => l.Value));

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("lines", Lines);
        terms.List("approved", Approved);
    }

    private static (FunnelStage Stage, string? Reason) PlaceOf(Outcome outcome, OutcomeDecided? decision) =>
        outcome.IsTest
            ? (FunnelStage.Test, null)
            : decision?.Qualification switch
            {
                Qualification.Qualified => (FunnelStage.Approved, null),
                Qualification.Rejected { Reasons: var reasons } => Refused(decision, CodeOf(reasons)),
                Qualification.Disputed { Reasons: var reasons } => (FunnelStage.Pending, CodeOf(reasons)),
                Qualification.Pending { Reasons: var reasons } => (FunnelStage.Pending, CodeOf(reasons)),
                _ => (FunnelStage.Pending, null),
            };

    private static (FunnelStage Stage, string? Reason) Refused(OutcomeDecided decision, string? code) => code switch
    {
        SettlementReasons.DuplicateOrder => (FunnelStage.Duplicate, code),
        SettlementReasons.Invalid => (FunnelStage.Invalid, code),
        SettlementReasons.OverBudget or LimitReasons.Reached or LimitReasons.HoldEnded => (FunnelStage.OverCap, code),
        _ => (decision.Attribution is { IsCredited: false } ? FunnelStage.Unattributed : FunnelStage.Rejected, code),
    };

    private static string? CodeOf(ValueList<Reason> reasons) => reasons.Count > 0 ? reasons[0].Code : null;

    // An outcome that breaks a rule may have lines that do not add up: only what it states counts.
    private static Money? ValueOf(Outcome outcome, FunnelStage stage)
    {
        Money? value = stage is FunnelStage.Invalid or FunnelStage.Test ? outcome.Value : OrderValues.ValueOf(outcome);
        return value is { Currency.IsUnset: false } ? value : null;
    }
}
