using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tallies;

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

    // Whether time alone decides something: a wait is over, or what came into a closed period is not posted yet: what
    // a correction makes of what was earned, what is held of it or let go.
    internal bool IsDue(Instant asOf) =>
        (Decision is { } decision
            && decision.Legs.Any(l => l.RateAwaited is not null
                || (l.Qualification is Qualification.Pending { Until: { } until } && until <= asOf)))
        || Earnings.Any(e => Corrections.Any(c => !e.Knows(c.Id)
            && (c as Ruling)?.Concerns(e.Earning.Contract, e.Standing.Clause) != false))
        || DisputedLegs.AreDue(this);

    // Since when the credits of the newest decision stand: what was final and is opened again keeps who brought it.
    internal Instant? CreditedSince => beside?.CreditedSince ?? Decision?.DecidedAt;

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

/// <summary>An earning and what corrections made of it.</summary>
/// <param name="Earning">The earning.</param>
public sealed record EarningState(Earning Earning)
{
    /// <summary>The earning and all its adjustments together.</summary>
    public Money Net => Later?.Net ?? Earning.Amount;

    /// <summary>The corrections that were applied.</summary>
    public ValueList<CorrectionId> Causes => Later?.Causes ?? ValueList<CorrectionId>.Empty;

    /// <summary>
    /// What the outcome counts in the tally now: less than at first when corrections change the tally.
    /// </summary>
    public Tally Counted => Later?.Counted ?? Earning.Counted;

    /// <summary>The earning as the terms price it that now apply: restated when they were amended.</summary>
    public Earning Standing => Later?.Standing ?? Earning;

    /// <summary>What its outcome made of other results of the period.</summary>
    public Money Repriced => Later?.Repriced ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>What stays with the partner of what corrections said is gone.</summary>
    public Money Kept => Later?.Kept ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>What invalidations by source and period concern of it.</summary>
    public Money Invalid => Later?.Invalid ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>What of that is gone with the outcome itself.</summary>
    public Money Absorbed => Later?.Absorbed ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>What is held of it because its evidence contradicts itself; not above zero.</summary>
    public Money Held => Later?.Held ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>
    /// What of it stands beside what the terms pay, because a person approved another amount or a grade scaled it.
    /// </summary>
    public Money ByHand => Later?.ByHand ?? Money.Zero(Earning.Amount.Currency);

    // When which part of it is payable: who accepted later is paid by an amendment.
    internal ValueList<Instalment> Instalments => Later?.Instalments ?? Earning.Instalments;

    // How often rulings on the evidence took it back, and gave it back.
    internal int RulingCount => Later?.RulingCount ?? 0;

    // Whether a ruling says that it did not happen.
    internal bool IsRuledOut => RulingCount % 2 == 1;

    // How many holds and releases there were.
    internal int HoldCount => Later?.HoldCount ?? 0;

    // What stands without invalidations: what the terms and the corrections say.
    internal Money Valid => Net + Invalid - Absorbed;

    // Null while nothing became of the earning, as of nearly all.
    private Changes? Later { get; init; }

    private Changes Changed => Later ?? new(Net, Causes, Counted, Standing, Repriced, Kept, Invalid, Absorbed);

    // What is left of an amount without what is invalid: nothing, when that is more.
    internal Money WithoutInvalid(Money amount) => amount - (Invalid - AbsorbedBy(amount));

    // What of the invalid shares goes with an outcome of which so much stands.
    internal Money AbsorbedBy(Money amount) => Invalid.MinorUnits == 0
        ? Invalid
        : Invalid - Money.Max(Money.Zero(amount.Currency), Money.Min(amount, Invalid));

    // Whether the correction is in what was priced, or has adjusted it.
    internal bool Knows(CorrectionId correction) =>
        Earning.Corrections.Contains(correction) || Causes.Contains(correction);

    // As it is when the next ruling on the evidence counts.
    internal EarningState Ruled() => this with { Later = Changed with { RulingCount = RulingCount + 1 } };

    internal EarningState PricedAs(Earning standing) => this with { Later = Changed with { Standing = standing } };

    internal EarningState With(CampaignRecord record) => record switch
    {
        Adjustment adjustment => With(adjustment),
        Repricing repricing => With(repricing),
        Amendment amendment => With(amendment),
        DisputeHold hold when hold.Corrects == Earning.Id => this with
        {
            Later = Changed with { Held = Held + hold.Amount, HoldCount = HoldCount + 1 },
        },
        _ => this,
    };

    private EarningState With(Adjustment adjustment) => adjustment.Corrects == Earning.Id
        ? this with
        {
            Later = Changed with
            {
                Net = Net + adjustment.Amount,
                Causes = Causes.Add(adjustment.Cause),
                Kept = adjustment.Kept ?? Money.Zero(Net.Currency),
                Invalid = adjustment.Invalidated is { } share ? Invalid + share.Amount : Invalid,
                Absorbed = adjustment.Absorbed ?? Money.Zero(Net.Currency),
                ByHand = adjustment.ByHand,
                RulingCount = adjustment.Ruling ?? RulingCount,
            },
        }
        : this;

    private EarningState With(Repricing repricing) => repricing.CausedBy == Earning.Id
        ? this with
        {
            Later = Changed with { Counted = Counted + repricing.Counted, Repriced = Repriced + repricing.Amount },
        }
        : this;

    private EarningState With(Amendment amendment) => amendment.Corrects == Earning.Id
        ? this with
        {
            Later = Changed with
            {
                Net = Net + (amendment.Amount - amendment.Repriced),
                Repriced = Repriced + amendment.Repriced,
                Counted = amendment.Counted,
                Standing = amendment.Restated,
                ByHand = amendment.ByHand,
                Instalments = Instalments.Count == 0 ? amendment.Instalments : Instalments,
            },
        }
        : this;

    private sealed record Changes(
        Money Net,
        ValueList<CorrectionId> Causes,
        Tally Counted,
        Earning Standing,
        Money Repriced,
        Money Kept,
        Money Invalid,
        Money Absorbed)
    {
        public Money? Held { get; init; }

        public int HoldCount { get; init; }

        public int RulingCount { get; init; }

        public ValueList<Instalment>? Instalments { get; init; }

        public Money? ByHand { get; init; }
    }
}
