using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>What a pacer has learned of the traffic so far: small enough to be stored with every plan.</summary>
/// <remarks>
/// Numbers are texts that read back to the same bits. A pacer that is stored between two plans and restored decides as
/// the one that went on; one that is stored within a minute plans the rest of the minute anew.
/// </remarks>
public sealed record PacerState : ITerms
{
    /// <summary>The version of this form.</summary>
    public const int Format = 1;

    // What one minute may have seen.
    private const long CountMax = BudgetCounter.AmountMax;

    /// <summary>The key of the window that it was taken in; what holds for one window only is not taken to another.
    /// </summary>
    public string Window { get; init; } = "";

    /// <summary>What came lately, in minor units or pieces; older traffic fades.</summary>
    public double Seen { get; init; }

    /// <summary>What was expected in the same time.</summary>
    public double Expected { get; init; }

    /// <summary>The cost of all requests of the last days, faded.</summary>
    public double Cost { get; init; }

    /// <summary>Their number, faded.</summary>
    public double Requests { get; init; }

    /// <summary>What the controller has added up, or the price on money, for the modes that have one.</summary>
    public double Control { get; init; }

    /// <summary>What was bought in this window is worth this much.</summary>
    public double Worth { get; init; }

    /// <summary>How far the next request's turn has come, in parts of 2^32.</summary>
    public long Turn { get; init; }

    /// <summary>When the last plan was made; null when there was none.</summary>
    public Instant? PlannedAt { get; init; }

    /// <summary>What was in use then.</summary>
    public long UsedThen { get; init; }

    /// <summary>The cost of requests of unknown worth since then.</summary>
    public long FreshCost { get; init; }

    /// <summary>The number of all requests since then.</summary>
    public long FreshRequests { get; init; }

    /// <summary>The cost of requests since then by what they were worth; empty when there were none.</summary>
    public ValueList<long> FreshValues { get; init; } = [];

    /// <summary>How much of the cost was worth how many times its cost; empty when callers give no worth.</summary>
    public ValueList<double> Values { get; init; } = [];

    /// <summary>Reads a state.</summary>
    /// <param name="terms">The terms.</param>
    public static PacerState Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        PacerState read = new()
        {
            Window = terms.Text("window", ""),
            Seen = Amount(terms, "seen"),
            Expected = Amount(terms, "expected"),
            Cost = Amount(terms, "cost"),
            Requests = Amount(terms, "requests"),
            Control = Amount(terms, "control"),
            Worth = Amount(terms, "worth"),
            Turn = terms.OptionalInteger("turn") ?? 0,
            PlannedAt = terms.OptionalInstant("plannedAt"),
            UsedThen = Count(terms, "usedThen"),
            FreshCost = Count(terms, "freshCost"),
            FreshRequests = Count(terms, "freshRequests"),
            FreshValues = terms.Values<long>("freshValues", 0, ValueHistogram.Bins),
            Values = terms.Values<double>("values", 0, ValueHistogram.Bins),
        };
        if (!IsWhole(read.Values.Count) || !IsWhole(read.FreshValues.Count)
            || !read.Values.All(IsAmount) || !read.FreshValues.All(static v => v is >= 0 and <= CountMax))
        {
            terms.Fail("values", PacingCodes.StateInvalid, "A pacer's state has 256 values of zero or more, or none.");
            return read with { Values = [], FreshValues = [] };
        }

        return read;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("window", Window, "");
        terms.Value("seen", Seen, 0d);
        terms.Value("expected", Expected, 0d);
        terms.Value("cost", Cost, 0d);
        terms.Value("requests", Requests, 0d);
        terms.Value("control", Control, 0d);
        terms.Value("worth", Worth, 0d);
        terms.Integer("turn", Turn != 0 ? Turn : null);
        terms.Instant("plannedAt", PlannedAt);
        terms.Integer("usedThen", UsedThen != 0 ? UsedThen : null);
        terms.Integer("freshCost", FreshCost != 0 ? FreshCost : null);
        terms.Integer("freshRequests", FreshRequests != 0 ? FreshRequests : null);
        terms.Values("freshValues", FreshValues);
        terms.Values("values", Values);
    }

    private static double Amount(TermReader terms, string name)
    {
        double read = terms.Value(name, 0d);
        if (IsAmount(read))
        {
            return read;
        }

        terms.Fail(name, PacingCodes.StateInvalid, "A pacer's state has numbers of zero or more.");
        return 0;
    }

    private static long Count(TermReader terms, string name)
    {
        long read = terms.OptionalInteger(name) ?? 0;
        if (read is >= 0 and <= CountMax)
        {
            return read;
        }

        terms.Fail(name, PacingCodes.StateInvalid, "A pacer's state has numbers from 0 to 10^18.");
        return 0;
    }

    private static bool IsWhole(int count) => count is 0 or ValueHistogram.Bins;

    private static bool IsAmount(double number) => number is >= 0 and <= 1e30;
}
