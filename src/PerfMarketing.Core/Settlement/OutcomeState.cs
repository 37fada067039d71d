using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <summary>Everything known of one outcome: what came in, what was decided, what was earned. Immutable.</summary>
public sealed record OutcomeState
{
    private OutcomeDecided? decision;

    // Who brought it, when all that was decided follows from that and the only earning: then it is made when somebody
    // asks.
    private AttributionDecision? ordinary;

    // What few outcomes have; null while there is nothing of it.
    private Beside? beside;

    // The only earning, as long as nobody asks what became of it.
    private Earning? sole;
    private ValueList<EarningState>? earnings;

    /// <summary>Knows nothing yet.</summary>
    public OutcomeState()
    {
    }

    // What the copy is made to say may be at odds with what follows from the earning.
    [SetsRequiredMembers]
    private OutcomeState(OutcomeState original)
    {
        (Id, Outcome, decision) = (original.Id, original.Outcome, original.Decision);
        (beside, sole, earnings) = (original.beside, original.sole, original.earnings);
    }

    /// <summary>The outcome's name.</summary>
    public required OutcomeId Id { get; init; }

    /// <summary>The outcome; null while only evidence, corrections or earlier earnings are known.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>What verifiers said, in the order in which it came.</summary>
    public ValueList<EvidenceVerdict> Verdicts
    {
        get => beside?.Verdicts ?? ValueList<EvidenceVerdict>.Empty;
        init => beside = (beside ?? Beside.None) with { Verdicts = value };
    }

    /// <summary>The corrections, in the order in which they came.</summary>
    public ValueList<Correction> Corrections
    {
        get => beside?.Corrections ?? ValueList<Correction>.Empty;
        init => beside = (beside ?? Beside.None) with { Corrections = value };
    }

    /// <summary>
    /// What came in under the id of the outcome, or of one of its corrections, with other content, and what evidence
    /// was too much; it changed nothing.
    /// </summary>
    public ValueList<ConflictReceived> Conflicts
    {
        get => beside?.Conflicts ?? ValueList<ConflictReceived>.Empty;
        init => beside = (beside ?? Beside.None) with { Conflicts = value };
    }

    /// <summary>The newest decision; null while there is none.</summary>
    public OutcomeDecided? Decision
    {
        get => decision ??= ordinary is null ? null : DecisionOf(ordinary, sole!);
        init => decision = value;
    }

    /// <summary>What was earned, with what became of it.</summary>
    public ValueList<EarningState> Earnings
    {
        get => earnings ??= sole is null ? ValueList<EarningState>.Empty : ValueList<EarningState>.One(new(sole));
        init => (earnings, sole) = (value, null);
    }

    /// <summary>The outcomes that wait for this one, in the order in which they began to.</summary>
    public ValueList<OutcomeId> WaitingChildren
    {
        get => beside?.WaitingChildren ?? ValueList<OutcomeId>.Empty;
        init => beside = (beside ?? Beside.None) with { WaitingChildren = value };
    }

    /// <summary>The outcomes that waited for this one before, and do so no more.</summary>
    public ValueList<OutcomeId> ReleasedChildren
    {
        get => beside?.ReleasedChildren ?? ValueList<OutcomeId>.Empty;
        init => beside = (beside ?? Beside.None) with { ReleasedChildren = value };
    }

    // Whether time alone decides something: a wait is over, or what came into a closed period is not posted yet.
    internal bool IsDue(Instant asOf) =>
        (Decision is { } decision
            && decision.Legs.Any(l => l.RateAwaited is not null
                || (l.Qualification is Qualification.Pending { Until: { } until } && until <= asOf)))
        || AwaitsClosing;

    // Whether something came into a closed period and is not posted yet: what a correction makes of what was earned,
    // what is held of it or let go.
    internal bool AwaitsClosing =>
        Earnings.Any(e => Corrections.Any(c => !e.Knows(c.Id)
            && (c as Ruling)?.Concerns(e.Earning.Contract, e.Standing.Clause) != false))
        || DisputedLegs.AreDue(this);

    // Since when the credits of the newest decision stand: what was final and is opened again keeps who brought it.
    internal Instant? CreditedSince => beside?.CreditedSince ?? Decision?.DecidedAt;

    // The present of what is decided next: never before what was decided of it, even when a clock has gone back. What
    // corrects an earning so comes after it in every order of time.
    internal Instant PresentAt(Instant asOf)
    {
        if (ordinary is not null)
        {
            return Instant.Max(asOf, sole!.DecidedAt);
        }

        Instant present = Instant.Max(asOf, Decision?.DecidedAt ?? asOf);
        foreach (EarningState earned in Earnings)
        {
            present = Instant.Max(present, earned.LatestAt);
        }

        return present;
    }

    internal int EarningCount => earnings?.Count ?? (sole is null ? 0 : 1);

    /// <inheritdoc/>
    public bool Equals(OutcomeState? other) => ReferenceEquals(this, other)
        || (other is not null && Id == other.Id && Outcome == other.Outcome && Decision == other.Decision
            && Earnings == other.Earnings && (beside ?? Beside.None) == (other.beside ?? Beside.None));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Outcome, Decision);

    // When time alone may next decide something: a wait is over. A rate that is awaited may come at any time.
    internal Instant? DueAt => AwaitsRate && !(WaitsUntil < Decision!.DecidedAt) ? Decision!.DecidedAt : WaitsUntil;

    internal bool AwaitsRate => Decision is { } decision && decision.Legs.Any(static l => l.RateAwaited is not null);

    internal Instant? WaitsUntil
    {
        get
        {
            Instant? first = null;
            foreach (LegDecision leg in Decision?.Legs ?? [])
            {
                Instant? until = (leg.Qualification as Qualification.Pending)?.Until;
                first = until < first ? until : first ?? until;
            }

            return first;
        }
    }

    internal EarningState StateOf(EntryId earning) => Earnings.First(e => e.Earning.Id == earning);

    // What is known when nothing else is.
    internal static OutcomeState Of(CampaignRecord first) => first switch
    {
        OutcomeReceived received => new() { Id = first.OutcomeId, Outcome = received.Outcome },
        Earning earning => new() { Id = first.OutcomeId, sole = earning },
        _ => new OutcomeState { Id = first.OutcomeId }.With(first),
    };

    // What is known of an outcome that came, was decided and earned at once.
    internal static OutcomeState Of(Outcome outcome, AttributionDecision attribution, Earning earning) =>
        new() { Id = outcome.Id, Outcome = outcome, ordinary = attribution, sole = earning };

    // What is known of an outcome that came and was refused at once.
    internal static OutcomeState Of(Outcome outcome, OutcomeDecided decided) =>
        new() { Id = outcome.Id, Outcome = outcome, decision = decided };

    // The only earning of an outcome about which nothing is open and nothing else was decided.
    internal Earning? Earned => ordinary is null ? null : sole;

    internal OutcomeState With(CampaignRecord record) => record switch
    {
        OutcomeReceived received => this with { Outcome = received.Outcome },
        EvidenceReceived received => this with { Verdicts = Verdicts.Add(received.Verdict) },
        CorrectionReceived received => this with { Corrections = Corrections.Add(received.Correction) },
        ConflictReceived conflict => this with { Conflicts = Conflicts.Add(conflict) },
        OutcomeDecided decided => With(decided),
        ChildWaits child => With(child),
        Earning earning => this with { Earnings = Earnings.Add(new(earning)) },
        Repricing or Amendment or Adjustment or DisputeHold => WithEntry(record),
        _ => this,
    };

    /// <summary>Takes what is decided of a new outcome, as long as nobody else has seen this object.</summary>
    /// <returns>Whether it is that kind of record; else nothing has changed.</returns>
    internal bool TryTake(CampaignRecord record)
    {
        switch (record)
        {
            case OutcomeDecided decided:
                decision = decided;
                return true;
            case Earning earning:
                earnings = EarningCount == 0 ? null : Earnings.Add(new(earning));
                sole = earnings is null ? earning : null;
                return true;
            default:
                return false;
        }
    }

    private sealed record Beside
    {
        public static Beside None { get; } = new();

        public ValueList<EvidenceVerdict> Verdicts { get; init; } = [];

        public ValueList<Correction> Corrections { get; init; } = [];

        public ValueList<ConflictReceived> Conflicts { get; init; } = [];

        public ValueList<OutcomeId> WaitingChildren { get; init; } = [];

        public ValueList<OutcomeId> ReleasedChildren { get; init; } = [];

        public Instant? CreditedSince { get; init; }
    }

    private OutcomeState With(OutcomeDecided decided)
    {
        Instant? since = Decision is { Attribution: { } standing } before
            && CampaignDecider.IsFinal(before.Qualification) && standing == decided.Attribution
            ? CreditedSince
            : null;
        return since == beside?.CreditedSince
            ? this with { Decision = decided }
            : this with
            {
                Decision = decided,
                beside = (beside ?? Beside.None) with { CreditedSince = since },
            };
    }

    private OutcomeDecided DecisionOf(AttributionDecision attribution, Earning earning) =>
        new(Id, earning.DecidedAt, attribution, earning.Leg, (Outcome!.At, earning.Amount));

    private OutcomeState WithEntry(CampaignRecord entry) =>
        this with { Earnings = [.. Earnings.Select(e => e.With(entry))] };

    private OutcomeState With(ChildWaits child) => child.IsOver
        ? this with
        {
            WaitingChildren = [.. WaitingChildren.Where(c => c != child.Child)],
            ReleasedChildren = [.. ReleasedChildren.Where(c => c != child.Child), child.Child],
        }
        : this with
        {
            WaitingChildren = WaitingChildren.Add(child.Child),
            ReleasedChildren = [.. ReleasedChildren.Where(c => c != child.Child)],
        };
}
