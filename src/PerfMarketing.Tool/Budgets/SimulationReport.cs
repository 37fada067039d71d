using PerfMarketing.Primitives;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Tool.Journeys;

namespace PerfMarketing.Tool.Budgets;

/// <summary>What <c>simulate</c> prints.</summary>
/// <param name="Series">The file of the traffic.</param>
/// <param name="Paces">Each pace, and what came of it.</param>
internal sealed record SimulationReport(string Series, ValueList<(string Name, PacingReport Report)> Paces) : ITerms
{
    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("traffic", Series);
        terms.Integer("days", Paces.Count > 0 ? Paces[0].Report.Days.Count : 0);
        terms.Add("pacers", TermNode.OfList([.. Paces.Select(static pace => PaceOf(pace.Name, pace.Report))]));
    }

    private static TermNode PaceOf(string name, PacingReport report) => TermNode.OfObject(
        [
            "pacer", "delivered", "deliveredP5", "deliveredOfPossible", "rms", "rmsP95", "exhaustedAt", "value",
            "valueP5", "peakToEven", "overspend",
        ],
        [
            TermNode.OfText(name),
            Number(report.Delivered),
            Number(report.Percentile(static d => d.Delivered, 5)),
            Number(report.DeliveredOfPossible),
            Number(report.Rms),
            Number(report.Percentile(static d => d.Rms, 95)),
            Number(report.ExhaustedAt),
            Number(report.Value),
            Number(report.Percentile(static d => d.Value, 5)),
            Number(report.PeakToEven),
            Number(report.Overspend),
        ]);

    private static TermNode Number(double number) => TermNode.OfNumber(AttributionReport.Text(number));
}
