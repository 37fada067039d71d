namespace PerfMarketing.Tests.Architecture;

/// <summary>What breaks a rule, one a line, all of them.</summary>
internal static class Violations
{
    public static void ShouldBeNone(this IEnumerable<string> violations, string because = "") =>
        string.Join('\n', violations).Should().BeEmpty(because);
}
