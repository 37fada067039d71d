using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What occurred in one month, by the period in whose statements it stands.</summary>
/// <param name="Month">The month, such as <c>2026-03</c>, in the zone of each contract.</param>
/// <param name="Cells">One cell for each column of the bridge, in its order.</param>
public sealed record BridgeRow(string Month, ValueList<BridgeCell> Cells) : ITerms
{
    /// <summary>What occurred in the month, in all statements together.</summary>
    public BridgeCell Total => Cells.Aggregate(static (sum, cell) => sum + cell);

    /// <summary>Reads a row.</summary>
    /// <param name="terms">The terms.</param>
    public static BridgeRow Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("month"), terms.List("cells", BridgeCell.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("month", Month);
        terms.List("cells", Cells);
    }
}
