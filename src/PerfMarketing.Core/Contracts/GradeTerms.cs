using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>What the grades mean that the buyer gives outcomes: accepted, held, paid in part, reversed.</summary>
/// <param name="Rules">What each grade means; each grade stands once.</param>
public sealed record GradeTerms(ValueList<GradeRule> Rules) : ITerms
{
    /// <summary>The most grades.</summary>
    public const int RuleCountMax = 64;

    /// <summary>What a grade means that no rule names; <see cref="GradeAction.Hold"/> by default.</summary>
    public GradeAction Others { get; init; } = GradeAction.Hold;

    /// <summary>
    /// For how long an outcome is held at most that is not earned yet, from when it was graded; then it is rejected,
    /// and budgets and limits have its room back. For ever when null, the default. Above zero, at most
    /// <see cref="DurationText.DaysMax"/> days.
    /// </summary>
    public Duration? HeldFor { get; init; }

    /// <summary>No grade means anything yet.</summary>
    public static GradeTerms None { get; } = new([]);

    /// <summary>Reads what grades mean.</summary>
    /// <param name="terms">The terms.</param>
    public static GradeTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.List("rules", GradeRule.Read, 1, RuleCountMax))
        {
            Others = terms.Enum("others", GradeAction.Hold),
            HeldFor = terms.Optional<DurationText>("heldFor")?.Value,
        };
    }

    /// <summary>What a grade means.</summary>
    /// <param name="grade">The grade.</param>
    public GradeRule RuleOf(string grade)
    {
        foreach (GradeRule rule in Rules)
        {
            if (string.Equals(rule.Grade, grade, StringComparison.Ordinal))
            {
                return rule;
            }
        }

        return new(grade, Others);
    }

    /// <summary>The terms with one more grade that is paid as the terms say.</summary>
    /// <param name="grade">The grade.</param>
    public GradeTerms Accept(string grade) => With(grade, GradeAction.Accept);

    /// <summary>The terms with one more grade that is held.</summary>
    /// <param name="grade">The grade.</param>
    public GradeTerms Hold(string grade) => With(grade, GradeAction.Hold);

    /// <summary>The terms with an end of what is held.</summary>
    /// <param name="time">For how long it is held.</param>
    public GradeTerms HoldingFor(Duration time) => this with { HeldFor = time };

    /// <summary>The terms with one more grade that is paid in part.</summary>
    /// <param name="grade">The grade.</param>
    /// <param name="part">The part.</param>
    public GradeTerms Scale(string grade, Percentage part) => With(grade, GradeAction.Scale, part);

    /// <summary>The terms with one more grade that is not paid.</summary>
    /// <param name="grade">The grade.</param>
    public GradeTerms Reverse(string grade) => With(grade, GradeAction.Reverse);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("rules", Rules);
        terms.Enum("others", Others, GradeAction.Hold);
        terms.Value("heldFor", !terms.IsWalk && HeldFor is { } time ? new DurationText(time) : (DurationText?)null);
    }

    private GradeTerms With(string grade, GradeAction action, Percentage? part = null) =>
        this with { Rules = Rules.Add(new(grade, action, part)) };
}
