using System.Globalization;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Monetary;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Tests.Testing.Pacing;

namespace PerfMarketing.Benchmarks.Budgets;

/// <summary>The figures of docs/pace-figures.md on real days: no speeds, but what paces do.</summary>
internal static class PaceFigures
{
    private static readonly (string Name, PacingTerms Terms, bool TellsWorth)[] Paces =
    [
        ("forecast with worth", new(), true),
        ("the same, guarded", new() { Burst = 3 }, true),
        ("forecast without", new(), false),
        ("dual", new() { Mode = PacingMode.Dual }, true),
        ("learned", new() { Mode = PacingMode.Learned }, false),
        ("feedback", new() { Mode = PacingMode.Feedback }, false),
        ("even", new() { Mode = PacingMode.Even }, false),
        ("as soon as possible", new() { Mode = PacingMode.AsSoonAsPossible }, false),
    ];

    /// <summary>Runs it: <c>--paces FOLDER</c>.</summary>
    public static void Run(ReadOnlySpan<string> words)
    {
        string folder = words.Length > 0 ? words[0] : "../shared/data/pacing";
        Print("30 %", new(folder), Paces);
        Print("30 %, all days", new(folder) { HasAll = true }, Paces.AsSpan(0, 1));
        Print("30 %, seed 2", new(folder) { Seed = 2 }, Paces.AsSpan(0, 1));
        Print("10 %", new(folder) { BudgetShare = 0.1 }, Paces.AsSpan(0, 1));
        Print("70 %", new(folder) { BudgetShare = 0.7 }, Paces);
        Print(
            "70 %, 5 % early",
            new(folder) { BudgetShare = 0.7 },
            [("forecast", new() { FinishEarly = Percentage.FromPercent(5) }, true)]);
        Print("60 units a day", new(folder) { RequestsPerDay = 200 }, Paces.AsSpan(0, 1));
        Print("600 units a day", new(folder) { RequestsPerDay = 2_000 }, Paces.AsSpan(0, 1));
        Print("prices by the hour", new(folder) { HasPrices = true }, Paces);
    }

    private static void Print(
        string title, RealDays days, ReadOnlySpan<(string Name, PacingTerms Terms, bool TellsWorth)> paces)
    {
        foreach ((string name, PacingTerms terms, bool tellsWorth) in paces)
        {
            PacingReport report = days.Run(terms, tellsWorth);
            Console.WriteLine(
                $"{title} | {name} | {report.Days.Count} days | {Two(report, static d => d.Delivered, 5)} "
                + $"| {Two(report, static d => d.DeliveredOfPossible, 5)} | {Two(report, static d => d.Rms, 95)} "
                + $"| {Two(report, static d => d.Value, 5)} | {Text(report.PeakToEven)} | {Text(report.Overspend)}");
        }
    }

    private static string Two(PacingReport report, Func<PacingDay, double> of, double percent) =>
        $"{Text(report.Days.Average(of))} / {Text(report.Percentile(of, percent))}";

    private static string Text(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
