/** VitePress' own theme, with what pictures of runs need. */
import DefaultTheme from 'vitepress/theme';
import './pictures.css';

export default DefaultTheme;
