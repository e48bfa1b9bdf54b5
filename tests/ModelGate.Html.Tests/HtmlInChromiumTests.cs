using Microsoft.Playwright;

namespace ModelGate.Html.Tests;

public class HtmlInChromiumTests(Browser browser)
{
    [Theory]
    [InlineData("lexi")]
    [InlineData("grc")]
    [InlineData("hostile")]
    public async Task Opens_without_a_word_and_without_a_request(string name)
    {
        await using var open = await browser.OpenAsync(HtmlMarkupTests.Of(name));
        await open.Page.Locator("figure").First.WaitForAsync();
        open.Noise.Should().BeEmpty();
        (await open.Page.TitleAsync()).Should().StartWith("Failed").And.EndWith("ModelGate");
        (await open.Page.Locator("script, iframe, object, embed, link").CountAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    [InlineData(360, false)]
    public async Task Draws_every_plot(int width, bool dark)
    {
        await using var open = await browser.OpenAsync(HtmlMarkupTests.Of("lexi"), width, dark);
        await OpenAllAsync(open.Page);
        var plots = await open.Page.Locator("svg.plot:visible").AllAsync();
        plots.Should().HaveCount(4);
        foreach (var plot in plots)
        {
            (await open.ColoursOfAsync(plot)).Should().BeGreaterThan(20);
            (await plot.GetAttributeAsync("aria-label")).Should().MatchRegex(@"\d");
        }

        foreach (var figure in await open.Page.Locator("figure").AllAsync())
        {
            (await open.ColoursOfAsync(figure)).Should().BeGreaterThan(10);
        }
    }

    [Fact]
    public async Task Keeps_the_labels_of_an_axis_inside_the_plot()
    {
        await using var open = await browser.OpenAsync(HtmlMarkupTests.Of("lexi"));
        var outside = await open.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('svg.plot')].filter(s => s.getBoundingClientRect().width > 0).flatMap(s => {
              const box = s.getBoundingClientRect();
              return [...s.querySelectorAll('text')].filter(t => {
                const r = t.getBoundingClientRect();
                return r.left < box.left - 0.5 || r.right > box.right + 0.5 || r.bottom > box.bottom + 0.5;
              }).map(t => t.textContent);
            })
            """);
        outside.Should().BeEmpty();
    }

    [Fact]
    public async Task Lets_the_keyboard_reach_and_toggle_every_part()
    {
        await using var open = await browser.OpenAsync(HtmlMarkupTests.Of("lexi"));
        await OpenAllAsync(open.Page);
        var expected = await open.Page.Locator("summary:visible").CountAsync();
        var reached = new HashSet<int>();
        for (var i = 0; i < 600 && reached.Count < expected; i++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            var index = await FocusedSummaryAsync(open.Page);
            if (index >= 0 && reached.Add(index))
            {
                (await open.Page.EvaluateAsync<bool>("() => document.activeElement.matches(':focus-visible')")).Should().BeTrue();
                var before = await IsOpenAsync(open.Page);
                await open.Page.Keyboard.PressAsync("Enter");
                (await IsOpenAsync(open.Page)).Should().Be(!before);
                await open.Page.Keyboard.PressAsync("Space");
                (await IsOpenAsync(open.Page)).Should().Be(before);
            }
        }

        reached.Should().HaveCount(expected);
    }

    [Theory]
    [InlineData("lexi", 390)]
    [InlineData("lexi", 360)]
    [InlineData("lexi-fixed", 390)]
    [InlineData("grc", 390)]
    [InlineData("many", 390)]
    [InlineData("hostile", 390)]
    [InlineData("hostile", 360)]
    public async Task Cuts_nothing_on_a_phone_and_hides_nothing_behind_a_scroll_bar(string name, int width)
    {
        await using var open = await browser.OpenAsync(HtmlMarkupTests.Of(name), width);
        await OpenAllAsync(open.Page);
        (await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width);
        var cut = await open.Page.EvaluateAsync<string[]>(
            """
            width => [...document.querySelectorAll('body *')].filter(e => {
              const box = e.getBoundingClientRect();
              if (box.width <= 1 || e.closest('svg, thead, .unseen')) return false;
              const scrolls = getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1;
              return scrolls || box.right > width + 0.5 || box.left < -0.5;
            }).map(e => e.outerHTML.slice(0, 120))
            """,
            width);
        cut.Should().BeEmpty();
    }

    [Fact]
    public async Task Says_on_a_phone_what_each_cell_of_a_table_is()
    {
        await using var open = await browser.OpenAsync(HtmlMarkupTests.Of("lexi"), width: 390);
        var cell = open.Page.Locator(".scored td[data-label=limit]").First;
        (await cell.EvaluateAsync<string>("e => getComputedStyle(e, '::before').content")).Should().Contain("limit");
        (await open.Page.Locator(".scored").First.EvaluateAsync<string>("e => getComputedStyle(e).display")).Should().Be("block");
    }

    [Fact]
    public async Task Follows_the_reader_into_the_dark()
    {
        await using var light = await browser.OpenAsync(HtmlMarkupTests.Of("lexi"));
        await using var dark = await browser.OpenAsync(HtmlMarkupTests.Of("lexi"), dark: true);
        foreach (var (selector, property) in new[] { ("body", "backgroundColor"), ("body", "color"), ("svg.plot text", "fill"), ("svg.plot polyline", "stroke") })
        {
            var script = $"() => getComputedStyle(document.querySelector('{selector}')).{property}";
            (await dark.Page.EvaluateAsync<string>(script)).Should().NotBe(await light.Page.EvaluateAsync<string>(script));
        }
    }

    [Fact]
    public async Task Prints_what_is_closed()
    {
        await using var open = await browser.OpenAsync(HtmlMarkupTests.Of("lexi"));
        var closed = open.Page.Locator("details.gate:not([open]) .message").First;
        (await closed.IsVisibleAsync()).Should().BeFalse();
        await open.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        (await closed.IsVisibleAsync()).Should().BeTrue();
    }

    [Theory]
    [InlineData("lexi", false, 1200)]
    [InlineData("lexi", true, 1200)]
    [InlineData("lexi", false, 390)]
    [InlineData("lexi-fixed", false, 1200)]
    [InlineData("lexi-fixed", true, 390)]
    [InlineData("grc", false, 1200)]
    [InlineData("grc", true, 1200)]
    [InlineData("many", false, 1200)]
    [InlineData("hostile", true, 1200)]
    public async Task Breaks_no_serious_rule_of_accessibility(string name, bool dark, int width)
    {
        await using var open = await browser.OpenAsync(HtmlMarkupTests.Of(name), width, dark, bypassPolicy: true);
        await OpenAllAsync(open.Page);
        (await open.SeriousViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_200_000_keys_opens_within_two_seconds()
    {
        await using var open = await browser.OpenAsync(Reports.Html(Reports.OfManyKeys(200_000)));
        (await open.Page.Locator(".tree").First.IsVisibleAsync()).Should().BeTrue();
        (await open.QuickestOpeningAsync()).Should().BeLessThan(2000);
    }

    private static async Task OpenAllAsync(IPage page)
        => await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");

    private static Task<int> FocusedSummaryAsync(IPage page)
        => page.EvaluateAsync<int>("() => [...document.querySelectorAll('summary')].indexOf(document.activeElement)");

    private static Task<bool> IsOpenAsync(IPage page) => page.EvaluateAsync<bool>("() => document.activeElement.parentElement.open");
}
