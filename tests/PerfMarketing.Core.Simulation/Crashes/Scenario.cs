namespace PerfMarketing.Simulation.Crashes;

/// <summary>A short story of a host: what is handed in, one call after another.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Terms">Under which terms; see <see cref="ScenarioTerms"/>.</param>
/// <param name="Script">
/// Steps, an hour apart, parted by <c>;</c>: <c>touch partner customer</c>, <c>sale id customer minor [order]</c>,
/// <c>proof id</c>, <c>contradict id</c>, <c>return id minor</c>, <c>retract id</c>, <c>chargeback id</c>,
/// <c>won id</c>, <c>withdrawn id</c>, <c>restate id minor</c>, <c>approve id [minor]</c>, <c>reject id</c>,
/// <c>grade id grade</c>, <c>book partner minor</c>, <c>invalidate partner minor</c>, <c>amend</c> for an amendment
/// that was accepted, <c>again</c> for the step before once more, <c>days n</c>, <c>wait n</c> for days in which nobody
/// looks at what is due, <c>due</c> for the timer, <c>close</c> for settling the month before, <c>batch</c> and steps
/// parted by <c>+</c> for what is handed in together; <c>other</c> before a step for the same in another campaign of
/// the advertiser.
/// </param>
internal sealed record Scenario(string Name, string Terms, string Script)
{
    /// <summary>Whether some steps are handed in together.</summary>
    public bool IsTogether => Script.Contains("batch ", StringComparison.Ordinal);
}
