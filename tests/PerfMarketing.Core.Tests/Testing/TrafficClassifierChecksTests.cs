using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Testing;

public sealed class TrafficClassifierChecksTests
{
    private static int asked;

    public static TheoryData<string> Names => [.. TrafficClassifierChecks.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Lists_in_memory_keep_their_promises(string check)
    {
        MemoryTrafficClassifier lists = new();
        lists.Put("192.0.2.7", "data-centre", "vpn");
        return TrafficClassifierChecks.All.RunAsync(check, lists, default);
    }

    [Theory]
    [InlineData("all at once", "Every source gets one answer")]
    [InlineData("something for nothing", "No source gets no answer")]
    [InlineData("empty class", "Classes can be kept")]
    [InlineData("by place", "Answers stand in the order of the sources")]
    [InlineData("counting", "Asking has no effect on any thread")]
    [InlineData("deaf", "A call that is given up ends")]
    public async Task Lists_that_break_a_promise_are_found_out(string wrong, string check)
    {
        Func<Task> run = () => TrafficClassifierChecks.All.RunAsync(check, new Wrong(wrong), default);

        await run.Should().ThrowAsync<ScenarioFailedException>(wrong);
    }

    private sealed class Wrong(string how) : ITrafficClassifier
    {
        public ValueTask<ValueList<ValueList<string>>> ClassifyAsync(
            ValueList<TrafficSource> sources, CancellationToken cancellationToken) => new(how switch
            {
                "all at once" => [["bot"]],
                "something for nothing" => [["bot"], .. sources.Select(static _ => ValueList<string>.Empty)],
                "empty class" => [.. sources.Select(static _ => (ValueList<string>)[string.Empty])],
                "by place" => [.. sources.Select(static (_, i) => (ValueList<string>)[$"class-{i}"])],
                "counting" =>
                    [.. sources.Select(static _ => (ValueList<string>)[$"c{Interlocked.Increment(ref asked)}"])],
                _ => [.. sources.Select(static _ => ValueList<string>.Empty)],
            });
    }
}
