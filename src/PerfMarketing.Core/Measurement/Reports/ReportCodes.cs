namespace PerfMarketing.Measurement.Reports;

/// <summary>The codes of what is wrong with a stored report.</summary>
public static class ReportCodes
{
    /// <summary>The amounts of a stored report do not add up.</summary>
    public const string Unsound = "report.unsound";
}
