using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

/// <content>Reading.</content>
public abstract partial record Condition
{
    /// <summary>
    /// Reads a condition of any case; an unknown one is the failure <see cref="ConditionCodes.Unknown"/>.
    /// </summary>
    /// <param name="terms">The terms.</param>
    public static Condition Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Read(terms, new Budget(), 1);
    }

    private static Condition Read(TermReader terms, Budget budget, int depth)
    {
        if (depth > DepthMax || --budget.Left < 0)
        {
            if (depth > DepthMax)
            {
                terms.Fail("condition", ConditionCodes.TooDeep, $"Conditions nest at most {DepthMax} levels deep.");
            }
            else if (budget.Left == -1)
            {
                terms.Fail("condition", ConditionCodes.TooManyTerms, $"A condition has at most {TermCountMax} parts.");
            }

            terms.IgnoreRest();
            return StandIn;
        }

        string tag = terms.Kind("condition", "condition", Tags);
        Condition read = tag switch
        {
            FactEquals.TagText => new FactEquals(terms.Text("fact"), FactValue.Read(terms, "value") ?? default),
            FactIn.TagText => new FactIn(terms.Text("fact"), FactValue.ReadList(terms, "values")),
            FactRange.TagText => ReadRange(terms),
            FactExists.TagText => new FactExists(terms.Text("fact")),
            FactPrefix.TagText => new FactPrefix(terms.Text("fact"), terms.Text("value")),
            AllOf.TagText => new AllOf(terms.List("of", t => Read(t, budget, depth + 1), 1)),
            AnyOf.TagText => new AnyOf(terms.List("of", t => Read(t, budget, depth + 1), 1)),
            Not.TagText => new Not(terms.Object("of", t => Read(t, budget, depth + 1)) ?? StandIn),
            LocalHours.TagText => new LocalHours(ReadTime(terms, "from"), ReadTime(terms, "to")),
            LocalDates.TagText => new LocalDates(terms.Value<DateRange>("dates")),
            LocalWeekdays.TagText => ReadWeekdays(terms),
            _ => ReadUnknown(terms),
        };
        NoteFault(terms, read);
        return read;
    }

    private static void NoteFault(TermReader terms, Condition read)
    {
        if (ReferenceEquals(read, StandIn) || read.Fault is not { } fault || terms.IsFailed(fault.Term))
        {
            return;
        }

        if (terms.Has(fault.Term))
        {
            terms.Fail(fault.Term, fault.Code, "The condition could not be decided with this.");
        }
        else if (fault.Code == ConditionCodes.Empty && read is not FactPrefix)
        {
            // An absent list or bound reads as none, without a failure.
            terms.Fail(fault.Term, TermCodes.Missing, "The term is required.");
        }
    }

    private static FactRange ReadRange(TermReader terms) => new(
        terms.Text("fact"),
        terms.Has("from") ? FactValue.Read(terms, "from") : null,
        terms.Has("to") ? FactValue.Read(terms, "to") : null)
    {
        FromExcluded = terms.Flag("fromExcluded"),
        ToIncluded = terms.Flag("toIncluded"),
    };

    private static LocalWeekdays ReadWeekdays(TermReader terms)
    {
        List<IsoDayOfWeek> days = [];
        foreach (string text in terms.Values<string>("days", 1, 7))
        {
            _ = EnumText.TryParse(text ?? string.Empty, out IsoDayOfWeek day);
            days.Add(day);
        }

        return new(days.ToValueList());
    }

    private static LocalTime ReadTime(TermReader terms, string name)
    {
        string text = terms.Text(name);
        if (LocalHours.TimePattern.Parse(text).TryGetValue(default, out LocalTime time))
        {
            return time;
        }

        if (terms.Node(name) is { Kind: TermKind.Text })
        {
            terms.Fail(name, TermCodes.Malformed, "A time of day is written like 22:00.");
        }

        return default;
    }

    private static AnyOf ReadUnknown(TermReader terms)
    {
        if (terms.Node("condition") is { Kind: TermKind.Text })
        {
            terms.Fail("condition", ConditionCodes.Unknown, "There is no such condition.");
        }

        terms.IgnoreRest();
        return StandIn;
    }

    private static readonly string[] Tags =
    [
        FactEquals.TagText, FactIn.TagText, FactRange.TagText, FactExists.TagText, FactPrefix.TagText,
        AllOf.TagText, AnyOf.TagText, Not.TagText,
        LocalHours.TagText, LocalDates.TagText, LocalWeekdays.TagText,
    ];

    // Never holds, never compiles: what a reader returns beside a failure.
    private static readonly AnyOf StandIn = new([]);

    private sealed class Budget
    {
        internal int Left { get; set; } = TermCountMax;
    }
}
