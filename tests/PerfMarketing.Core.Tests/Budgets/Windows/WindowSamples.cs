using NodaTime;
using NodaTime.Text;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Windows;

/// <summary>What tests of windows begin with.</summary>
internal static class WindowSamples
{
    internal static readonly BudgetWindowTerms Month = new(PeriodUnit.Month) { Days = new() };

    /// <summary>An average of each day of a month, by our own rules.</summary>
    internal static readonly BudgetWindowTerms Average = new(PeriodUnit.Month) { Days = new() { IsAverage = true } };

    /// <summary>An instant in UTC, such as <c>2026-11-24T09:00</c>.</summary>
    internal static Instant At(string text) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value.InUtc().ToInstant();

    /// <summary>The start of a date in UTC.</summary>
    internal static Instant On(int year, int month, int day) => Instant.FromUtc(year, month, day, 0, 0);

    /// <summary>What days of November 2026 used, in UTC.</summary>
    internal static WindowUses November(params (int Day, long Used)[] days) =>
        new(days.Select(static d => new WindowUse(On(2026, 11, d.Day), d.Used)));
}
