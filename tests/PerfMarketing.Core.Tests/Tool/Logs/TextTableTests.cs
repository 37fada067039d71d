using System.Globalization;
using System.Text;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class TextTableTests
{
    [Fact]
    public void Every_text_has_one_number_however_many_there_are()
    {
        TextTable table = new();
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 100_000; i++)
            {
                table.Add(Name(i)).Should().Be(i);
            }
        }

        table.Count.Should().Be(100_000);
        table.Find(Name(77_777)).Should().Be(77_777);
        table.Find("nobody"u8).Should().Be(-1);
        table[99_999].SequenceEqual(Name(99_999)).Should().BeTrue();
    }

    [Fact]
    public void Texts_of_any_length_lie_in_the_pool()
    {
        BytePool pool = new();
        int[] lengths = [0, 1, .. Enumerable.Range(1, 60).Select(static i => i * 1_000), 65_535];
        byte[][] texts = [.. lengths.Select(static length => new byte[length])];
        int[] places = [.. texts.Select(text => pool.Add(text))];

        places.Should().OnlyHaveUniqueItems().And.NotContain(0);
        places.Select(place => pool[place].Length).Should().Equal(texts.Select(static text => text.Length));
        FluentActions.Invoking(() => pool.Add(new byte[65_536])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_column_grows_without_end()
    {
        Column<long> column = new();
        column.FillTo(7, 70_000);
        column.Add(8);
        (column.Count, column[0], column[69_999], column[70_000]).Should().Be((70_001, 7, 7, 8));
    }

    private static byte[] Name(int i) => Encoding.UTF8.GetBytes(i.ToString("'c'0", CultureInfo.InvariantCulture));
}
