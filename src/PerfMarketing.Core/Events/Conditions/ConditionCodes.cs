namespace PerfMarketing.Events.Conditions;

/// <summary>The codes of what can be wrong with a condition, and of why one does not hold.</summary>
public static class ConditionCodes
{
    /// <summary>There is no condition with this tag.</summary>
    public const string Unknown = "condition.unknown";

    /// <summary>Conditions are nested too deeply.</summary>
    public const string TooDeep = "condition.too-deep";

    /// <summary>A condition has too many parts.</summary>
    public const string TooManyTerms = "condition.too-many-terms";

    /// <summary>A text may not name a fact.</summary>
    public const string FactName = "condition.fact-name";

    /// <summary>There is nothing to compare with, or no part: an empty condition would hold always or never.</summary>
    public const string Empty = "condition.empty";

    /// <summary>There are too many values.</summary>
    public const string TooManyValues = "condition.too-many-values";

    /// <summary>
    /// A value cannot be compared this way: a range needs numbers, amounts, rates, instants or dates of one kind.
    /// </summary>
    public const string ValueKind = "condition.value-kind";

    /// <summary>A range ends before it starts, or contains nothing.</summary>
    public const string RangeEmpty = "condition.range-empty";

    /// <summary>A day stands twice, or is none.</summary>
    public const string Weekday = "condition.weekday";

    /// <summary>The fact is not known, so that the condition cannot hold. Value: <c>fact</c>.</summary>
    public const string FactUnknown = "condition.fact-unknown";

    /// <summary>The fact is of another kind than the condition compares. Values: <c>fact</c>, <c>value</c>.</summary>
    public const string FactOtherKind = "condition.fact-other-kind";

    /// <summary>The fact is another one. Values: <c>fact</c>, <c>value</c>, <c>expected</c>.</summary>
    public const string NotEqual = "condition.not-equal";

    /// <summary>The fact is none of the values. Values: <c>fact</c>, <c>value</c>.</summary>
    public const string NotIn = "condition.not-in";

    /// <summary>The fact is out of the range. Values: <c>fact</c>, <c>value</c>, <c>range</c>.</summary>
    public const string OutOfRange = "condition.out-of-range";

    /// <summary>The fact does not start so. Values: <c>fact</c>, <c>value</c>, <c>prefix</c>.</summary>
    public const string NoPrefix = "condition.no-prefix";

    /// <summary>The fact is absent, where it has to be there. Value: <c>fact</c>.</summary>
    public const string Absent = "condition.absent";

    /// <summary>The local time is outside the hours. Values: <c>time</c>, <c>hours</c>.</summary>
    public const string OutsideHours = "condition.outside-hours";

    /// <summary>The local date is outside the dates. Values: <c>date</c>, <c>dates</c>.</summary>
    public const string OutsideDates = "condition.outside-dates";

    /// <summary>The day of the week is another one. Values: <c>day</c>, <c>days</c>.</summary>
    public const string OtherWeekday = "condition.other-weekday";

    /// <summary>The event's instant is so far away that no calendar has a date for it.</summary>
    public const string InstantOutOfRange = "condition.instant-out-of-range";

    /// <summary>A condition under <c>not</c> holds. Value: <c>condition</c>, the one that should not hold.</summary>
    public const string Excluded = "condition.excluded";
}
