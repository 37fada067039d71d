using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tests.Settlement;

public sealed class OutcomeTableTests
{
    private const int Many = 5_000;

    [Theory]
    [InlineData(0)]
    [InlineData(Many / 2)]
    [InlineData(2 * Many)]
    public void Every_outcome_is_found_and_no_other(int expected)
    {
        OutcomeTable table = new();
        table.Expect(expected);
        for (int i = 0; i < Many; i++)
        {
            Assert.Null(table.Find(IdOf(i)));
            table.Add(StateOf(i));
            Assert.Equal(IdOf(i), table.Find(IdOf(i))?.Id);
        }

        for (int i = 0; i < Many; i++)
        {
            Assert.Equal(IdOf(i), table.Find(IdOf(i))?.Id);
            Assert.Null(table.Find(IdOf(Many + i)));
        }
    }

    [Fact]
    public void What_is_known_now_takes_the_place_of_what_was()
    {
        OutcomeTable table = new();
        for (int i = 0; i < Many; i++)
        {
            table.Set(StateOf(i));
        }

        OutcomeState known = StateOf(7);
        table.Set(known);

        Assert.Same(known, table.Find(IdOf(7)));
        Assert.Equal(Many, table.Count);
    }

    [Fact]
    public void Outcomes_come_in_the_order_in_which_they_were_added()
    {
        OutcomeTable table = new();
        for (int i = 0; i < Many; i++)
        {
            table.Add(StateOf(i));
        }

        table.Set(StateOf(0));

        Assert.Equal(Enumerable.Range(0, Many).Select(IdOf), table.Select(static s => s.Id));
    }

    [Fact]
    public void No_id_is_an_id_too()
    {
        OutcomeTable table = new();
        table.Add(new() { Id = default });

        Assert.True(table.Find(default)?.Id.IsUnset);
        Assert.Null(table.Find(IdOf(0)));
    }

    private static OutcomeState StateOf(int number) => new() { Id = IdOf(number) };

    private static OutcomeId IdOf(int number) => new($"o-{number}");
}
