using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>What persons decided on an outcome, as it stands for one contract's clause.</summary>
/// <param name="Decided">The newest approval or rejection; null when there is none.</param>
/// <param name="Grade">The newest grade, unless an approval overruled it; null when there is none.</param>
/// <param name="Rule">What the grade means; null when the clause has no terms for grades.</param>
internal readonly record struct StandingRuling(Ruling? Decided, Graded? Grade, GradeRule? Rule)
{
    /// <summary>When what the grade holds is rejected; null when never.</summary>
    public Instant? HeldUntil { get; init; }

    /// <summary>Whether the outcome is approved by hand.</summary>
    public bool IsApproved => Decided is Approval;

    /// <summary>What is paid instead of what the terms pay; null when nothing else is.</summary>
    public Money? Amount => (Decided as Approval)?.Amount;

    /// <summary>The part that is paid because of the grade; null when no grade asks for one.</summary>
    public Percentage? Part => Rule is { Action: GradeAction.Scale } ? Rule.Part : null;

    /// <summary>Whether the grade holds what is not earned yet.</summary>
    public bool IsHeld => Rule is { Action: GradeAction.Hold };

    /// <summary>Why nothing is paid; null when that is not decided.</summary>
    public Reason? Refusal => Decided is Rejection ? ReasonOf(Decided)
        : Rule is { Action: GradeAction.Reverse } ? ReasonOf(Grade!)
        : null;

    /// <summary>Finds what stands.</summary>
    /// <param name="corrections">All corrections of the outcome.</param>
    /// <param name="truth">What is true of it, which says which corrections count.</param>
    /// <param name="terms">The contract and its clause.</param>
    public static StandingRuling Of(
        ValueList<Correction> corrections, OutcomeTruth truth, (Contract Contract, Clause Clause) terms)
    {
        (Ruling? decided, Graded? grade) = (null, null);
        foreach (CorrectionId id in corrections.Count == 0 ? [] : truth.Counted)
        {
            if (corrections.FirstOrDefault(c => c.Id == id) is not Ruling ruling
                || !ruling.Concerns(terms.Contract.Id, terms.Clause.Id) || !Fits(ruling, terms.Contract))
            {
                continue;
            }

            if (ruling is Graded graded)
            {
                grade = graded;
            }
            else
            {
                (decided, grade) = (ruling, ruling is Approval ? null : grade);
            }
        }

        return new(decided, grade, grade is null ? null : terms.Clause.Grades?.RuleOf(grade.Grade))
        {
            HeldUntil = grade is not null && terms.Clause.Grades?.HeldFor is { } time
                && time < Instant.MaxValue - grade.At ? grade.At + time : null,
        };
    }

    /// <summary>Whether a contract can pay what a ruling says.</summary>
    public static bool Fits(Ruling ruling, Contract contract) => ruling is not Approval { Amount: { } amount }
        || (amount.Currency == contract.Currency
            && (contract.Precedence != Precedence.Sum || ruling.Clause is not null));

    /// <summary>Why a ruling changes what it changes.</summary>
    public Reason ReasonOf(Ruling ruling)
    {
        bool stands = ruling == Decided || ruling == Grade;
        return ruling switch
        {
            _ when !stands => Reason.Of(RulingReasons.Overruled, ("ruling", ruling.Id)),
            Approval { Amount: { } amount } =>
                Reason.Of(RulingReasons.ApprovedAt, ("ruling", ruling.Id), ("amount", amount)),
            Approval => Reason.Of(RulingReasons.Approved, ("ruling", ruling.Id)),
            Graded graded => ReasonOf(graded),
            { Reason: { } why } => Reason.Of(RulingReasons.Rejected, ("ruling", ruling.Id), ("reason", why)),
            _ => Reason.Of(RulingReasons.Rejected, ("ruling", ruling.Id)),
        };
    }

    private Reason ReasonOf(Graded graded) => Rule switch
    {
        null => Reason.Of(RulingReasons.GradeUnmapped, ("ruling", graded.Id), ("grade", graded.Grade)),
        { Action: GradeAction.Accept } =>
            Reason.Of(RulingReasons.GradeAccepted, ("ruling", graded.Id), ("grade", graded.Grade)),
        { Action: GradeAction.Scale, Part: { } part } => Reason.Of(
            RulingReasons.GradeScaled, ("ruling", graded.Id), ("grade", graded.Grade), ("part", part)),
        { Action: GradeAction.Reverse } =>
            Reason.Of(RulingReasons.GradeReversed, ("ruling", graded.Id), ("grade", graded.Grade)),
        _ => Reason.Of(RulingReasons.GradeHeld, ("ruling", graded.Id), ("grade", graded.Grade)),
    };
}
