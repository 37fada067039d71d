using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>A period of statements, with what the statements themselves say.</summary>
/// <param name="Period">The period's key, such as <c>2026-03</c>.</param>
/// <param name="Stated">The lines of the statements of the period, and their totals.</param>
public sealed record BridgeColumn(string Period, BridgeCell Stated) : ITerms
{
    /// <summary>Reads a column.</summary>
    /// <param name="terms">The terms.</param>
    public static BridgeColumn Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("period"), terms.Object("stated", BridgeCell.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("period", Period);
        terms.Terms("stated", Stated);
    }
}
