using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>What persons decided on an outcome for one leg, by the oracle: the newest word counts.</summary>
internal readonly record struct OracleRuling(Ruling? Decided, Graded? Grade, GradeAction? Action)
{
    public bool IsApproved => Decided is Approval;

    public bool IsRefused => Decided is Rejection || IsGradedDown;

    public bool IsGradedDown => Decided is not Rejection && Action == GradeAction.Reverse;

    public bool IsHeld => Action == GradeAction.Hold;

    public bool IsScaled => Action == GradeAction.Scale;

    /// <summary>What is paid instead of what the terms pay, in minor units.</summary>
    public long? Amount => (Decided as Approval)?.Amount?.MinorUnits;

    public static OracleRuling Of(IEnumerable<Correction> corrections, OracleLeg leg)
    {
        (Ruling? decided, Graded? grade) = (null, null);
        foreach (Ruling ruling in corrections.OfType<Ruling>().Where(leg.Concerns)
            .OrderBy(static r => r.RecordedAt).ThenBy(static r => r.Id.Value, StringComparer.Ordinal))
        {
            switch (ruling)
            {
                case Graded graded:
                    grade = graded;
                    break;
                case Approval:
                    (decided, grade) = (ruling, null);
                    break;
                default:
                    decided = ruling;
                    break;
            }
        }

        bool isMapped = grade is not null && leg.Clause.GradePart is not null;
        return new(decided, grade, !isMapped ? null : grade!.Grade switch
        {
            "A" => GradeAction.Accept,
            "B" => GradeAction.Scale,
            "C" => GradeAction.Reverse,
            _ => GradeAction.Hold,
        });
    }

    /// <summary>The code of why a decision by hand moves what it moves.</summary>
    public string CodeOf(Ruling ruling) => ruling switch
    {
        _ when ruling != Decided && ruling != Grade => OracleCodes.RulingOverruled,
        Approval { Amount: not null } => OracleCodes.RulingApprovedAt,
        Approval => OracleCodes.RulingApproved,
        Graded => Action switch
        {
            null => OracleCodes.GradeUnmapped,
            GradeAction.Accept => OracleCodes.GradeAccepted,
            GradeAction.Scale => OracleCodes.GradeScaled,
            GradeAction.Reverse => OracleCodes.GradeReversed,
            _ => OracleCodes.GradeHeld,
        },
        _ => OracleCodes.RulingRejected,
    };

    /// <summary>Which corrections change the price by hand, and so are not in it.</summary>
    public bool Adjusts(CorrectionId correction) => (Amount is not null && Decided!.Id == correction)
        || (IsScaled && Grade!.Id == correction);
}
